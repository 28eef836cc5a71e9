import Glibc
import WeixinModel

/// The process's environment as a value, and what wxtop takes from it.
struct Environment: Sendable {
  let variables: [String: String]

  subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// The environment that the process was started with.
  static let process = whole

  /// The environment as it is now, for the commands that wxtop starts: without the secrets, once they are read and wiped.
  static var whole: Environment {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(cString: pointer)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      entry += 1
    }
    return Environment(variables: variables)
  }

  /// A folder of the XDG base directories, or nil when even HOME is missing.
  private func folder(_ variable: String, _ fallback: String) -> String? {
    if let path = self[variable], path.hasPrefix("/") { return path + "/wxtop" }
    return self["HOME"].map { $0 + fallback + "/wxtop" }
  }

  var configurationFile: String? {
    self["WXTOP_CONFIG"] ?? folder("XDG_CONFIG_HOME", "/.config").map { $0 + "/config.yaml" }
  }
  var archiveFile: String? {
    self["WXTOP_ARCHIVE"] ?? folder("XDG_DATA_HOME", "/.local/share").map { $0 + "/archive.sqlite" }
  }
  var logFile: String? { folder("XDG_STATE_HOME", "/.local/state").map { $0 + "/wxtop.log" } }

  /// The character set that the locale asks for.
  var charset: Charset { Charset(locale: ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { self[$0] }.first) }

  /// Whether characters outside ASCII may be printed: where the locale's character set has what wxtop writes.
  var isUnicode: Bool { charset.isUnicode }

  /// Whether colour is unwanted: https://no-color.org
  var hasNoColor: Bool { self["NO_COLOR"] != nil }
}

/// Descriptors 0 to 2, which whoever starts a program may have closed.
enum StandardDescriptors {
  /// Puts /dev/null in the place of closed ones, else the next files to be opened would be taken for them. It is opened to
  /// read, so that output that has nowhere to go still is an error.
  static func fill() {
    while case let descriptor = open("/dev/null", O_RDONLY), descriptor >= 0 {
      if descriptor > 2 {
        close(descriptor)
        return
      }
    }
  }
}
