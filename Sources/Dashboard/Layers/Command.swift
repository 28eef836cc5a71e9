import TerminalScreen
import WeixinModel

/// A line of the command prompt, understood.
enum Command: Hashable {
  case action(Action)
  case goTo(String)
  case filter(String)
  case hide(Set<Series>)
  case theme(Theme?)
  case language(Language)
  case glyphs(GlyphSet.Name?)
  case compare(Compare)
  case metric(Metric)
  case scale(ScaleMode)
  case mouse(Bool)
  case export(ExportFormat, name: String)
  case account(String)

  /// Commands that take an argument, and the arguments that can be listed.
  static let arguments: [(name: String, values: [String])] = [
    ("go-to", []), ("filter", []),
    ("theme", ["auto"] + Theme.allCases.map(\.rawValue)), ("language", Language.allCases.map(\.rawValue)),
    ("glyphs", ["auto"] + GlyphSet.Name.allCases.map(\.rawValue)), ("compare", Compare.allCases.map(\.rawValue)),
    ("metric", ["messages", "users"]), ("scale", ScaleMode.allCases.map(\.rawValue)),
    ("mouse", ["on", "off"]), ("export", ExportFormat.allCases.map(\.rawValue)),
    ("hide", Series.allCases.map(\.keyName)), ("only", Series.allCases.map(\.keyName)),
    ("view", ViewName.allCases.map(\.rawValue)), ("account", []),
  ]

  /// Short names that people type from habit.
  private static let aliases = [
    "q": "quit", "q!": "quit", "wq": "quit", "x": "quit", "h": "help", "goto": "go-to", "date": "go-to",
    "lang": "language", "set": "settings", "exit": "quit", "a": "account",
  ]

  /// Reads a line.
  static func parse(_ line: String) throws(Refusal) -> Command {
    let words = line.cleaned(limit: Prompt.limit).split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = words.first?.folded else { throw .empty }
    let name = aliases[first] ?? first
    let argument = words.count > 1 ? words[1].drop { $0 == " " } : ""
    if argument.isEmpty, let action = Action(name: name) { return .action(action) }
    // A date alone is where people want to go.
    guard let known = arguments.first(where: { $0.name == name }) else {
      if Action(name: name) != nil { throw .takesNone(name) }
      if line.first?.isNumber == true || line.halfWidth.first == "-" || DateExpression.isDate(line) {
        return .goTo(line)
      }
      throw .unknown(first)
    }
    guard !argument.isEmpty else { throw .needs(name, known.values) }
    guard let command = command(name, String(argument)) else { throw .notThat(name, String(argument), known.values) }
    return command
  }

  private static func command(_ name: String, _ argument: String) -> Command? {
    let value = argument.folded
    switch name {
    case "go-to": return .goTo(argument)
    case "filter": return .filter(argument)
    case "theme": return value == "auto" ? .theme(nil) : Theme(rawValue: value).map(Command.theme)
    case "language": return Language(rawValue: value).map(Command.language)
    case "glyphs": return value == "auto" ? .glyphs(nil) : GlyphSet.Name(rawValue: value).map(Command.glyphs)
    case "compare": return Compare(rawValue: value).map(Command.compare)
    case "metric": return ["messages": .metric(.messages), "users": .metric(.users)][value]
    case "scale": return ScaleMode(rawValue: value).map(Command.scale)
    case "mouse": return ["on": .mouse(true), "off": .mouse(false)][value]
    case "view": return ViewName(rawValue: value).map { .action(.show($0)) }
    case "hide", "only":
      let names = value.split { ", /".contains($0) }
      let series = names.compactMap { name in Series.allCases.first { $0.keyName == name } }
      guard series.count == names.count else { return nil }
      return .hide(name == "hide" ? Set(series) : Set(Series.allCases).subtracting(series))
    case "account": return .account(argument)
    case "export":
      let parts = argument.split(separator: " ", maxSplits: 1).map(String.init)
      guard let format = parts.first.flatMap({ ExportFormat(rawValue: $0.folded) }) else { return nil }
      return .export(format, name: parts.count > 1 ? parts[1] : "")
    default: return nil
    }
  }

  /// Why a line is no command.
  enum Refusal: Error, Hashable {
    case empty
    case unknown(String)
    case takesNone(String)
    case needs(String, [String])
    case notThat(String, String, [String])

    var phrase: Phrase {
      switch self {
      case .empty: .said(en: "Type the name of an action; Tab completes", zh: "请输入操作名，Tab 补全")
      case .unknown(let name):
        .said(en: "There is no command \(name). Tab lists them", zh: "没有命令 \(name)，按 Tab 列出")
      case .takesNone(let name): .said(en: "\(name) takes nothing behind it", zh: "\(name) 后面不带参数")
      case .needs(let name, let values):
        .said(
          en: "\(name) needs " + (values.isEmpty ? "a text" : "one of " + values.joined(separator: ", ")),
          zh: "\(name) 需要" + (values.isEmpty ? "一段文字" : "以下之一：" + values.joined(separator: "、")))
      case .notThat(let name, let value, let values):
        .said(
          en: "\(name) knows no \(value)" + (values.isEmpty ? "" : ", only " + values.joined(separator: ", ")),
          zh: "\(name) 不认识 \(value)" + (values.isEmpty ? "" : "，只有" + values.joined(separator: "、")))
      }
    }
  }
}
