import Dashboard
import DashboardRuntime
import Glibc

/// A new file for what `x` saves: never over another one, and readable by its owner only.
enum ExportFile {
  /// Writes a text to a name in the working folder, or to a path. Where only a suggestion is given and is taken already, a
  /// number is put behind it.
  static func write(_ text: String, name: String, suggestion: String) -> StatusFeed.FileOutcome {
    var path = name.isEmpty ? suggestion : name
    if path.hasPrefix("~/"), let home = Environment.process["HOME"] { path = home + path.dropFirst() }
    for number in 1...99 {
      let candidate = number == 1 ? path : numbered(path, number)
      let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor < 0, errno == EEXIST, name.isEmpty { continue }
      guard descriptor >= 0 else { return failed(candidate, String(cString: strerror(errno))) }
      defer { close(descriptor) }
      guard write(text, descriptor) else {
        let reason = String(cString: strerror(errno))
        unlink(candidate)
        return failed(candidate, reason)
      }
      return .written(path: candidate)
    }
    return .failed(.said(en: "\(path): there are too many of it", zh: "\(path)：同名文件太多"))
  }

  private static func failed(_ path: String, _ reason: String) -> StatusFeed.FileOutcome {
    .failed(.said(en: "\(path): \(reason)", zh: "\(path)：\(reason)"))
  }

  private static func write(_ text: String, _ descriptor: Int32) -> Bool {
    var bytes = ArraySlice(text.utf8)
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  private static func numbered(_ path: String, _ number: Int) -> String {
    guard let dot = path.lastIndex(of: "."), dot > (path.lastIndex(of: "/") ?? path.startIndex) else {
      return "\(path)-\(number)"
    }
    return "\(path[..<dot])-\(number)\(path[dot...])"
  }
}
