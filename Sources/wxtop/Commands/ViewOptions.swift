import ArgumentParser
public import Dashboard
import TerminalScreen
import WeixinModel

/// What the dashboard shows; every one of them is a key in the dashboard, and `Y` copies the command for a screen.
struct ViewOptions: ParsableArguments {
  @Option(help: "Open in a view: day, week, month, year, all, table, speed or accounts.")
  var view: ViewName = .day

  @Option(help: ArgumentHelp("The inspected hour, 0 to 23; the day's peak unless given.", valueName: "hour"))
  var hour: Int?

  @Option(help: "What is counted: messages or users.")
  var metric: MetricChoice = .messages

  @Option(help: "Compare with: off, day (before), week (before), mark (a year before) or usual.")
  var compare: Compare?

  @Option(help: ArgumentHelp("Types to leave out: text,image,voice,video,link,other.", valueName: "types"))
  var hide: SeriesList?

  @Option(help: "The axis: auto, locked or log.")
  var scale: ScaleMode = .auto

  @Flag(help: "Shares of each hour instead of counts.")
  var composition = false

  @Flag(help: "Numbers on the bars.")
  var labels = false

  @Flag(help: "Nothing but the chart.")
  var chartOnly = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What is looked for, as behind /: '>5000', weekend, a name.", valueName: "text"))
  var filter: String?

  @Option(help: ArgumentHelp("Sort the table or the accounts by a column.", valueName: "column"))
  var sort: SortColumn?

  @Flag(help: "The other way round.")
  var invert = false

  func validate() throws {
    if let hour, !(0...23).contains(hour) { throw ValidationError("--hour must be from 0 to 23.") }
    if let filter, Filter(filter) == nil { throw ValidationError("--filter is empty; give a value, or leave it out.") }
    if let word = filter.flatMap(Filter.unreadable) {
      throw ValidationError("--filter: \(Phrase.filterNeedsNumber(word).text(.en)).")
    }
    let columns = SortColumn.allCases.filter { $0.exists(in: view) }
    if columns.isEmpty, sort != nil || invert {
      throw ValidationError("--sort and --invert go with --view table and --view accounts.")
    }
    if let sort, !columns.contains(sort) {
      let names = columns.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--view \(view.rawValue) is not sorted by \(sort.rawValue), only by \(names).")
    }
  }

  /// The given options that change a screen, and nothing of what is said in words. These compare with the week before.
  var unsaid: [String] {
    let isList = view == .accounts
    let isUnsaidView = view != .day && !isList
    let isUnsaidCompare = compare != nil && (compare != .weekBefore || isList)
    let given: [(name: String, isUnsaid: Bool)] = [
      ("--view", isUnsaidView), ("--hour", hour != nil), ("--metric", metric != .messages),
      ("--compare", isUnsaidCompare), ("--hide", hide != nil), ("--scale", scale != .auto),
      ("--composition", composition), ("--labels", labels), ("--chart-only", chartOnly),
      ("--filter", filter != nil && !isList), ("--sort", sort != nil), ("--invert", invert),
    ]
    return given.filter(\.isUnsaid).map(\.name)
  }
}

enum MetricChoice: String, Choice {
  case messages, users
}

/// `voice,video`.
struct SeriesList: ExpressibleByArgument {
  let series: Set<Series>

  init?(argument: String) {
    let names = argument.halfWidth.lowercased().split { ",/ ".contains($0) }.map(String.init)
    let found = names.compactMap { name in Series.allCases.first { $0.keyName == name } }
    guard found.count == names.count, !names.isEmpty else { return nil }
    series = Set(found)
  }
}

extension ViewName: Choice {}
extension Compare: Choice {}
extension ScaleMode: Choice {}
extension SortColumn: Choice {}
