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
    return choose(name, charset: charset)
  }

  /// Chooses by what `charset` says of a locale when it sets it: its character set, or nil where the machine lacks the locale.
  static func choose(_ name: String?, charset: (String) -> String?) -> LocaleChoice {
    func ascii(_ notice: TerminalNotice) -> LocaleChoice {
      _ = charset("C")
      return LocaleChoice(isUnicode: false, notice: notice)
    }
    func isUTF8(_ locale: String) -> Bool { charset(locale)?.uppercased() == "UTF-8" }

    if let name, name == "C" || name == "POSIX" { return ascii(.asciiOnly(name)) }
    let own = name.flatMap(charset)
    if own?.uppercased() == "UTF-8" { return LocaleChoice(isUnicode: true) }
    let used = fallbacks.first(where: isUTF8)
    // A locale that is there is not said to be missing.
    let notice: TerminalNotice? = name.map { name in
      own.map { .unusableCharset(name, charset: $0, used: used ?? "C") } ?? .replacedLocale(name, used: used ?? "C")
    }
    if used == nil { return ascii(notice ?? .asciiOnly("")) }
    return LocaleChoice(isUnicode: true, notice: notice)
  }

  private static func charset(_ locale: String) -> String? {
    guard setlocale(LC_CTYPE, locale) != nil, let codeset = nl_langinfo(nl_item(CODESET)) else { return nil }
    return String(cString: codeset)
  }
}
