public import ArgumentParser

/// A word out of several. The parser's own way to find the words goes through key paths and casts, which are looked up in the
/// whole program for each type, and at each start.
public protocol Choice: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
  /// The words, for the help and for completions.
  public static var allValueStrings: [String] {
    var words: [String] = []
    for choice in allCases { words.append(choice.rawValue) }
    return words
  }

  /// None: the words stand for themselves.
  public static var allValueDescriptions: [String: String] { [:] }
}
