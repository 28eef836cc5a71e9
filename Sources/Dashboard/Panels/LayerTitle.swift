import TerminalScreen
import WeixinModel

/// The first row of what covers the whole screen: its title, whose it is, and how it is closed.
enum LayerTitle {
  /// Draws it. Of the details as many are said as have room beside whose it is and how it is closed; `hasTimes` tells what the
  /// hours below mean; what is of all accounts bears no name.
  static func draw(
    _ title: Line, details: [Line] = [], _ state: State, hasTimes: Bool = false, isOfAll: Bool = false,
    _ frame: inout Frame
  ) {
    let most = frame.size.width - 2
    let ends = ends(state, hasTimes: hasTimes, isOfAll: isOfAll)
    // Two details are worth more than how to scroll, and one more than a name.
    let two = details.prefix(2).reduce(title.width) { $0 + $1.width + 2 }
    let one = details.prefix(1).reduce(title.width) { $0 + $1.width + 2 }
    let end =
      ends.dropLast().first { two + $0.width + 2 <= most } ?? ends.first { one + $0.width + 2 <= most } ?? Line()
    let room = most - (end.isEmpty ? 0 : end.width + 2)
    let line = Line.fitting([title] + details, gap: 2, width: room)
    frame.write(line.truncated(to: room, ellipsis: HeaderPanel.ellipsis(state)), row: 0, column: 1)
    frame.writeAtEnd(end, row: 0)
  }

  /// What may stand at the right, the most first.
  private static func ends(_ state: State, hasTimes: Bool, isOfAll: Bool) -> [Line] {
    var right = Line()
    // Of whom it speaks, also where the header is covered.
    if !isOfAll {
      let account = state.status.account
      let title = account.shownTitle(state)
      let name = title.isEmpty ? account.name : title
      right.add(
        DisplayWidth.truncate(name, to: 16, ellipsis: HeaderPanel.ellipsis(state)),
        Style(Accents(state).role(of: account) ?? .standard, .bold))
    }
    if hasTimes { right.add((right.isEmpty ? "" : "  ") + "UTC+8", .dim) }
    let escape = Line(Phrase.said(en: "Esc close", zh: "Esc 关闭").text(state.language), .dim)
    return [Line(Phrase.helpClose.text(state.language), .dim), escape].map { close in
      var end = right
      end.add(right.isEmpty ? "" : "   ")
      end.add(close)
      return end
    } + [escape]
  }
}
