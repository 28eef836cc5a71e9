import TerminalScreen
import WeixinModel

enum MonthView {
  static func draw(_ state: State, _ frame: inout Frame) {
    HeaderPanel.draw(state, row: 0, &frame)
    StatusLine.draw(state, row: state.size.height - 2, &frame)
    HintLine.draw(state, row: state.size.height - 1, &frame)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? { nil }
}
