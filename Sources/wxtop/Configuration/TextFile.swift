import Glibc
import WeixinAPI
import WeixinModel

/// Small files that people write: configuration, secrets and tokens. A pipe is read too, since `<(pass show x)` is one.
struct TextFile {
  let path: String
  let kind: ConfigurationProblem.FileKind
  let text: String
  /// Whether others than the owner may read or write it.
  let isOpenToOthers: Bool

  /// How long a pipe or device may give nothing.
  static let patience = 5

  /// The text of a file; nil when there is none. At most 1 MiB.
  static func read(_ path: String, _ kind: ConfigurationProblem.FileKind) throws(CommandFailure) -> TextFile? {
    func problem(_ problem: ConfigurationProblem) -> CommandFailure {
      .configuration(file: path, line: nil, problem: problem)
    }
    // Without O_NONBLOCK a pipe that nobody writes into would not even open.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw problem(.unreadable(kind, cause: String(cString: strerror(errno))))
    }
    defer { close(descriptor) }
    var facts = stat()
    fstat(descriptor, &facts)
    var bytes: [UInt8] = []
    switch collect(from: descriptor, isRegular: facts.st_mode & S_IFMT == S_IFREG, into: &bytes) {
    case .complete: break
    case .silent: throw problem(.silent(kind, seconds: patience))
    case .tooLarge: throw problem(.tooLarge(kind))
    case .failed(let code): throw problem(.unreadable(kind, cause: String(cString: strerror(code))))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw problem(.notText(kind)) }
    return TextFile(path: path, kind: kind, text: text, isOpenToOthers: facts.st_mode & 0o077 != 0)
  }

  /// A secret in a file of its own: its text without the line end. Others must not be able to read the file.
  static func secret(_ path: String, _ kind: ConfigurationProblem.FileKind) throws(CommandFailure) -> Secret {
    guard let file = try read(path, kind) else {
      throw .configuration(file: path, line: nil, problem: .noSuch(kind))
    }
    let secret = file.text.withoutSpaceAround
    guard !secret.isEmpty else { throw .configuration(file: path, line: nil, problem: .empty(kind)) }
    if file.isOpenToOthers { throw .configuration(file: path, line: nil, problem: .open(kind, path: path)) }
    return Secret(secret)
  }

  /// Whether a path leads to a plain file, which can be read more than once.
  static func isRegular(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) != 0 || facts.st_mode & S_IFMT == S_IFREG
  }

  private enum End {
    case complete, silent, tooLarge
    case failed(Int32)
  }

  private static func collect(from descriptor: Int32, isRegular: Bool, into bytes: inout [UInt8]) -> End {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var hasWaited = false
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
        if bytes.count > 1 << 20 { return .tooLarge }
      } else if count < 0, errno == EINTR {
        continue
      } else if count < 0, errno != EAGAIN {
        return .failed(errno)
      } else if count == 0, isRegular || !bytes.isEmpty || hasWaited {
        return .complete
      } else {
        // A pipe ends at once as long as nobody has opened it for writing.
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&watched, 1, Int32(patience) * 1_000)
        if ready == 0 { return .silent }
        if ready > 0 { hasWaited = count == 0 }
      }
    }
  }
}

extension String {
  /// Without blanks, ends of lines and marks of byte order at both ends, as editors, shells and YAML leave them.
  var withoutSpaceAround: String {
    let isAround = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
    let scalars = unicodeScalars.drop(while: isAround)
    guard let last = scalars.lastIndex(where: { !isAround($0) }) else { return "" }
    return String(scalars[...last])
  }

  /// Without the mark of byte order with which some editors begin a file.
  var withoutMark: String { unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self }
}
