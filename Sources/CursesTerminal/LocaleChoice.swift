import CNcurses
import Glibc
import TerminalScreen

/// Which character set the terminal is written in: what the environment asks for, else UTF-8, else ASCII.
nonisolated struct LocaleChoice {
  /// Whether characters outside ASCII may be written.
  var isUnicode: Bool
  /// What a person should know about it.
  var notice: TerminalNotice?

  private static let fallbacks = ["C.UTF-8", "C.utf8", "en_US.UTF-8"]

  /// Chooses, and sets the process's `LC_CTYPE`; no other category, so that numbers stay as the program writes them.
  ///
  /// `C` and `POSIX` are taken at their word. No locale at all, as over SSH or from cron, is no wish: UTF-8 is tried.
  static func choose(_ environment: [String: String]) -> LocaleChoice {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    if let name {
      if name == "C" || name == "POSIX" { return ascii(name) }
      if isUTF8(name) { return LocaleChoice(isUnicode: true) }
    }
    guard let used = fallbacks.first(where: isUTF8) else { return ascii(name ?? "") }
    return LocaleChoice(isUnicode: true, notice: name.map { .replacedLocale($0, used: used) })
  }

  private static func ascii(_ name: String) -> LocaleChoice {
    setlocale(LC_CTYPE, "C")
    return LocaleChoice(isUnicode: false, notice: .asciiOnly(name))
  }

  private static func isUTF8(_ name: String) -> Bool {
    guard setlocale(LC_CTYPE, name) != nil, let codeset = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: codeset).uppercased() == "UTF-8"
  }
}
