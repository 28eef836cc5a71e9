import TerminalScreen
import WeixinModel

/// A month to pick a day from.
enum CalendarPanel {
  static func draw(_ state: State, _ day: BeijingDay, _ frame: inout Frame) {}
}
