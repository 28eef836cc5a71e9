import FoundationEssentials
import Glibc
import WeixinSimulator

/// A temporary folder that is a child's whole world: home, configuration, archive, log and temporary files.
final class Place: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/wxtop-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError(call: "mkdtemp", code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for folder in ["home", "config", "data", "state", "tmp"] { mkdir("\(path)/\(folder)", 0o700) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The environment of a child: nothing of the developer's, and the account of a simulator if one is given.
  func environment(_ simulator: RunningSimulator? = nil, adding more: [String: String] = [:]) -> [String: String] {
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": file("home"), "XDG_CONFIG_HOME": file("config"),
      "XDG_DATA_HOME": file("data"), "XDG_STATE_HOME": file("state"), "TMPDIR": file("tmp"), "LANG": "C.UTF-8",
      // Else a crash that a test causes waits for seconds until its backtrace is made.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    if let simulator {
      let account = Simulator.Account()
      variables["WXTOP_API_BASE"] = simulator.baseURL
      variables["WXTOP_APPID"] = account.appID
      variables["WXTOP_SECRET"] = account.secret
    }
    return variables.merging(more) { $1 }
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a small file, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
    let path = file(name)
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemError(call: "open \(path)", code: errno) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fchmod(descriptor, mode) == 0 else {
      throw SystemError(call: "write \(path)", code: errno)
    }
    return path
  }

  /// The bytes of a file, none where there is no file.
  func bytes(of name: String) -> [UInt8] {
    FileManager.default.contents(atPath: file(name)).map { Array($0) } ?? []
  }

  func text(of name: String) -> String { String(decoding: bytes(of: name), as: UTF8.self) }

  /// Paths of all files below a folder, relative to it.
  func files(in name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: file(name)).sorted()
  }
}

struct SystemError: Error, CustomStringConvertible {
  var call: String
  var code: Int32

  var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// A condition did not come true in time.
struct TimedOut: Error, CustomStringConvertible {
  var what: String
  var seen = ""

  var description: String { "\(what) did not happen in time.\n\(seen)" }
}

/// Asks again and again until there is an answer.
func until<Value>(
  _ what: @autoclosure () -> String, within limit: Duration = .seconds(60), every pause: Duration = .milliseconds(10),
  _ probe: () async throws -> Value?
) async throws -> Value {
  let end = ContinuousClock.now + limit
  while true {
    if let value = try await probe() { return value }
    guard ContinuousClock.now < end else { throw TimedOut(what: what()) }
    try await Task.sleep(for: pause)
  }
}
