import TerminalScreen
import WeixinModel

/// All accounts, a line each.
enum AccountsView {
  static func draw(_ state: State, _ frame: inout Frame) {
    HeaderPanel.draw(state, row: 0, &frame)
    StatusLine.draw(state, row: frame.size.height - 2, &frame)
    HintLine.draw(state, row: frame.size.height - 1, &frame)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? { nil }
}
