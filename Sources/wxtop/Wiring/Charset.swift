import CProcess
import Dashboard

/// The character set in which text is written, as the locale's name asks for.
struct Charset: Equatable, Sendable {
  /// As the system calls it.
  let name: String
  /// Whether it can hold what wxtop says and draws.
  let isUnicode: Bool
  /// What a person should know about it.
  private(set) var isMissing = false

  static let utf8 = Charset(name: "UTF-8", isUnicode: true)
  static let ascii = Charset(name: "ASCII", isUnicode: false)

  private init(name: String, isUnicode: Bool, isMissing: Bool = false) {
    (self.name, self.isUnicode, self.isMissing) = (name, isUnicode, isMissing)
  }

  /// That of a locale. `C` and `POSIX` are taken at their word; no locale, or one that says nothing of it, is UTF-8.
  init(locale: String?) {
    guard let locale, !locale.isEmpty else {
      self = .utf8
      return
    }
    if locale == "C" || locale == "POSIX" {
      self = .ascii
      return
    }
    let parts = locale.prefix { $0 != "@" }.split(separator: ".", maxSplits: 1)
    guard let named = parts.count == 2 ? String(parts[1]) : Self.installed(locale) else {
      self = .utf8
      return
    }
    switch named.lowercased().filter({ $0 != "-" && $0 != "_" }) {
    case "utf8": self = .utf8
    case "ansix3.41968", "ascii", "usascii": self = .ascii
    default:
      // As people write it, or as the locale's own files have it.
      let name = [named, Self.installed(locale) ?? named].first { Self.converted("A", to: $0) != nil }
      guard let name else {
        self.init(name: "ASCII", isUnicode: false, isMissing: true)
        return
      }
      let isUnicode = Self.converted("万≠█▁", to: name)?.lacking == 0
      self.init(name: name, isUnicode: isUnicode, isMissing: !isUnicode)
    }
  }

  private static func installed(_ locale: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 64)
    guard cprocess_charset_of(locale, &buffer, buffer.count) else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A text as its bytes; question marks stand where it lacks a character.
  func bytes(of text: String) -> [UInt8] {
    if self == .utf8 { return Array(text.utf8) }
    if name != "ASCII", let converted = Self.converted(text, to: name) { return converted.bytes }
    return text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?") }
  }

  /// Whether it has the characters in which a language is written.
  func holds(_ language: Language) -> Bool {
    if language == .en || self == .utf8 { return true }
    // Some sets of Chinese lack the simplified signs.
    return name != "ASCII" && Self.converted("账号设发轮询额绘图", to: name)?.lacking == 0
  }

  /// What is said once on stderr, where it does not hold what is written in a language that the locale names, or that somebody `asked`
  /// for by itself.
  func notice(_ language: Language, asked: Bool = false) -> String? {
    // A sentence that the character set could not hold would be question marks.
    if isMissing {
      return language == .zh && Self.converted("字符集", to: name)?.lacking == 0
        ? "当前语言环境的字符集容不下 wxtop 的字符，改用 ASCII 输出。"
        : "the locale's character set lacks characters that wxtop writes, so it writes ASCII."
    }
    if holds(language) { return nil }
    return asked
      ? "the locale's character set lacks Chinese characters; in printed text question marks stand for them. Set a UTF-8 locale, such as LANG=C.UTF-8."
      : "the locale's character set lacks Chinese characters, so wxtop writes English. Set a UTF-8 locale, or --lang."
  }

  private static func converted(_ text: String, to name: String) -> (bytes: [UInt8], lacking: Int)? {
    guard let converter = cprocess_open_charset(name) else { return nil }
    defer { cprocess_close_charset(converter) }
    let source = Array(text.utf8)
    var lacking = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: source.count * 8 + 16) { buffer, count in
      source.withUnsafeBufferPointer { source in
        source.withMemoryRebound(to: CChar.self) { source in
          buffer.withMemoryRebound(to: CChar.self) { buffer in
            count = cprocess_convert(converter, source.baseAddress, source.count, buffer.baseAddress, &lacking)
          }
        }
      }
    }
    return (bytes, lacking)
  }
}
