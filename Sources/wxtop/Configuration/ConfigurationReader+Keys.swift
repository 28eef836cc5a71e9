import Dashboard
import TerminalScreen
import WeixinModel
import Yams

extension ConfigurationReader {
  /// `keys:`: actions by name with their keys, and `preset`: the table that they change.
  func keys(_ node: Node) throws(CommandFailure) -> KeyBindings {
    var base = KeyBindings.standard
    var changes: [Action: [Key]] = [:]
    for (key, value) in try pairs(node, "keys") {
      let name = try self.name(key)
      if name == "preset" {
        if try choice(value, "preset", ["default", "htop"]) == "htop" { base = .htop }
        continue
      }
      guard let action = Action(name: name) else { throw problem(line(key), .unknownAction(name.cleaned(limit: 60))) }
      // One key may stand alone; several are a list, and an empty one takes the keys away.
      let nodes = value.sequence.map { Array($0) } ?? [value]
      changes[action] = []
      for node in nodes {
        guard let text = node.scalar?.string, let key = Key(name: text) else {
          throw problem(line(node), .unknownKeyName((node.scalar?.string ?? "").cleaned(limit: 20), action: name))
        }
        changes[action]?.append(key)
      }
    }
    do throws(KeyBindings.Conflict) {
      return try base.with(changes)
    } catch {
      switch error {
      case .shared(let key, let one, let other):
        throw problem(line(node), .keyConflict(key: key.name, one.name, other.name))
      case .noWayOut: throw problem(line(node), .noWayOut)
      }
    }
  }

  /// `marks:`: a list of lines, or a mapping of dates to names, or the path of a text file.
  func marks(_ node: Node) throws(CommandFailure) -> [Dashboard.Mark] {
    if let sequence = node.sequence {
      var marks: [Dashboard.Mark] = []
      for entry in sequence {
        if let mark = try mark(try string(entry, "marks"), { problem(self.line(entry), $0) }) { marks.append(mark) }
      }
      return marks
    }
    if node.mapping != nil {
      var marks: [Dashboard.Mark] = []
      for (dates, name) in try pairs(node, "marks") {
        let text = try self.name(dates) + " " + string(name, "marks")
        if let mark = try mark(text, { problem(self.line(dates), $0) }) { marks.append(mark) }
      }
      return marks
    }
    let path = try path(node, "marks")
    guard let text = try TextFile.read(path, .marks)?.text else {
      throw problem(line(node), .noSuch(.marks))
    }
    var marks: [Dashboard.Mark] = []
    for (index, line) in PlainText.lines(of: text).enumerated() {
      let refused = { CommandFailure.configuration(file: path, line: index + 1, problem: $0) }
      if let mark = try mark(String(line), refused) { marks.append(mark) }
    }
    return marks
  }

  private func mark(
    _ text: String, _ refused: (ConfigurationProblem) -> CommandFailure
  ) throws(CommandFailure) -> Dashboard.Mark? {
    do throws(Dashboard.Mark.Refusal) {
      return try Dashboard.Mark.parse(text)
    } catch {
      switch error {
      case .noDate(let date): throw refused(.noDateInMark(date.cleaned(limit: 30)))
      case .noName: throw refused(.noNameInMark)
      case .endsBeforeItBegins: throw refused(.markEndsBeforeItBegins)
      }
    }
  }
}
