import TerminalScreen
import WeixinModel

/// The first row of what covers the whole screen: its title, whose it is, and how it is closed.
enum LayerTitle {
  /// Draws it. `hasTimes` tells what the hours below mean; what is of all accounts bears no name.
  static func draw(_ title: Line, _ state: State, hasTimes: Bool = false, isOfAll: Bool = false, _ frame: inout Frame) {
    let width = frame.size.width
    var right = Line()
    // Of whom it speaks, also where the header is covered.
    if !isOfAll {
      let account = state.status.account
      let isWritable = state.mode.glyphs.name != .ascii || account.title.unicodeScalars.allSatisfy(\.isASCII)
      let name = account.title.isEmpty || !isWritable ? account.name : account.title
      right.add(
        DisplayWidth.truncate(name, to: 16, ellipsis: HeaderPanel.ellipsis(state)),
        Style(Accents(state).role(of: account) ?? .standard, .bold))
    }
    if hasTimes { right.add((right.isEmpty ? "" : "  ") + "UTC+8", .dim) }
    let escape = Line(Phrase.said(en: "Esc close", zh: "Esc 关闭").text(state.language), .dim)
    let most = width - 2
    let ends = [Line(Phrase.helpClose.text(state.language), .dim), escape].map { close in
      var end = right
      end.add(right.isEmpty ? "" : "   ")
      end.add(close)
      return end
    }
    let choices = ends + [escape]
    let fitting = choices.first { title.width + $0.width + 2 <= most } ?? Line()
    frame.write(title.truncated(to: most, ellipsis: HeaderPanel.ellipsis(state)), row: 0, column: 1)
    frame.writeAtEnd(fitting, row: 0)
  }
}
