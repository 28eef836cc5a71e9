import Glibc
import WeixinAPI
import WeixinModel

/// Small files that people write: configuration, secrets and tokens.
enum TextFile {
  /// The text of a file; nil when there is none. At most 1 MiB.
  static func read(_ path: String, what: String) throws(CommandFailure) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .configuration(
        file: path, line: nil, problem: "the \(what) cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        throw .configuration(
          file: path, line: nil, problem: "the \(what) cannot be read: \(String(cString: strerror(errno))).")
      }
      if count == 0 { break }
      bytes += buffer[..<count]
      if bytes.count > 1 << 20 {
        throw .configuration(file: path, line: nil, problem: "the \(what) is larger than 1 MiB.")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .configuration(file: path, line: nil, problem: "the \(what) is not UTF-8 text.")
    }
    return text
  }

  /// A secret in a file of its own: its text without the line end. Others must not be able to read the file.
  static func secret(_ path: String, what: String) throws(CommandFailure) -> Secret {
    guard let text = try read(path, what: what) else {
      throw .configuration(file: path, line: nil, problem: "the \(what) does not exist.")
    }
    let secret = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    guard !secret.isEmpty else { throw .configuration(file: path, line: nil, problem: "the \(what) is empty.") }
    if isOpenToOthers(path) {
      throw .configuration(
        file: path, line: nil, problem: "the \(what) may be read by others. Run: chmod 600 \(path)")
    }
    return Secret(secret)
  }

  static func isOpenToOthers(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
  }
}
