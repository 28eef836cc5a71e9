public import WeixinModel

/// What lies over the view, and takes the keys.
public enum Layer: Hashable, Sendable {
  /// Nothing.
  case none
  /// The keys, scrolled down by so many lines, and what was typed to find one.
  case help(scroll: Int, search: String)
  /// A line to type into.
  case prompt(Prompt)
  /// A month to pick a day from.
  case calendar(BeijingDay)
  /// The settings, with the chosen row.
  case settings(row: Int)
  /// The log, scrolled back by so many lines.
  case log(scroll: Int)
  /// The alerts, with the chosen row.
  case alerts(row: Int)
  /// The formats of an export.
  case export
  /// Whether a final day is to be fetched again.
  case refetch
}
