import CursesTerminal
import Dashboard
import Glibc
import TerminalScreen
import WeixinModel

/// The terminal that the dashboard would be drawn on.
struct TerminalCheck {
  let language: Language

  func finding(_ surroundings: Surroundings) -> Finding {
    let environment = surroundings.environment
    let name = (environment["TERM"] ?? "").cleaned(limit: 30)
    let survey = surroundings.survey(environment)
    guard let colors = survey.colors, survey.movesCursor else {
      let detail =
        name.isEmpty ? say("TERM is not set", "没有设置 TERM") : say("TERM=\(name) draws no screen", "TERM=\(name) 不能显示画面")
      return Check.terminal.warning(
        detail,
        say(
          "You: set TERM as the terminal is, such as xterm-256color; --once and --plain work without.",
          "请按终端设置 TERM，如 xterm-256color；--once 和 --plain 不需要。"))
    }
    var parts = ["TERM=\(name)", say("\(colors) colours", "\(colors) 色"), survey.isUnicode ? "UTF-8" : "ASCII"]
    if surroundings.output.isTerminal, let size = WindowSize.current {
      parts.append("\(size.width)×\(size.height)")
      if size.width < 30 || size.height < 8 {
        return Check.terminal.warning(
          parts.joined(separator: ", "), say("You: make it 30×8 or larger.", "请放大到至少 30×8。"))
      }
    } else {
      parts.append(say("stdout is no terminal", "标准输出不是终端"))
    }
    let detail = parts.joined(separator: ", ")
    return survey.isUnicode && survey.notice == nil
      ? Check.terminal.ok(detail)
      : Check.terminal.warning(
        detail, say("You: set a UTF-8 locale, such as LANG=C.UTF-8.", "请设置 UTF-8 区域，如 LANG=C.UTF-8。"))
  }

  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }
}
