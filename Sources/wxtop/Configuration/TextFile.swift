import Glibc
import WeixinAPI
import WeixinModel

/// Small files that people write: configuration, secrets and tokens. A pipe is read too, since `<(pass show x)` is one. All that
/// wxtop reads of them passes here, where it is looked at whose they are and made text of.
struct TextFile {
  let path: String
  let kind: ConfigurationProblem.FileKind
  /// As it stands on the disk.
  let bytes: [UInt8]
  let text: String
  /// Of the file that was read.
  let facts: stat

  /// How long a pipe or device may give nothing.
  static let patience = 5

  var rights: FileRights { FileRights(facts) }
  /// Whether others than the owner may read or write it.
  var isOpenToOthers: Bool { rights.othersMayRead }
  /// Whether it is a plain file, which can be read more than once.
  var isRegular: Bool { facts.st_mode & S_IFMT == S_IFREG }

  /// The text of a file; nil when there is none. At most 1 MiB.
  static func read(_ path: String, _ kind: ConfigurationProblem.FileKind) throws(CommandFailure) -> TextFile? {
    func problem(_ problem: ConfigurationProblem) -> CommandFailure {
      .configuration(file: path, line: nil, problem: problem)
    }
    let (bytes, facts): ([UInt8], stat)
    do throws(Unread) {
      (bytes, facts) = try content(of: path)
    } catch {
      switch error {
      case .absent: return nil
      case .silent: throw problem(.silent(kind, seconds: patience))
      case .tooLarge: throw problem(.tooLarge(kind))
      case .failed(let code): throw problem(.unreadable(kind, cause: String(cString: strerror(code))))
      }
    }
    if kind.isObeyed, let unsafe = FileRights.problem(of: path, kind, FileRights(facts)) { throw problem(unsafe) }
    do throws(PlainText.Flaw) {
      return TextFile(path: path, kind: kind, bytes: bytes, text: try PlainText.decoded(bytes), facts: facts)
    } catch {
      throw problem(error == .utf16 ? .utf16(kind) : .notText(kind))
    }
  }

  /// A secret in a file of its own. Others must not be able to read the file.
  static func secret(_ path: String, _ kind: ConfigurationProblem.FileKind) throws(CommandFailure) -> Secret {
    guard let file = try read(path, kind) else {
      throw .configuration(file: path, line: nil, problem: .noSuch(kind))
    }
    do throws(CredentialText.Flaw) {
      let secret = try CredentialText(file.text).secret
      if !file.isOpenToOthers { return secret }
    } catch {
      throw .configuration(
        file: path, line: nil, problem: error == .blank ? .empty(kind) : .credential(nil, error))
    }
    throw .configuration(file: path, line: nil, problem: .open(kind, path: path))
  }

  /// Whether a path leads to a plain file, which can be read more than once.
  static func isRegular(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) != 0 || facts.st_mode & S_IFMT == S_IFREG
  }

  /// A path without links; nil where nothing is there.
  static func realPath(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// Why nothing could be read.
  private enum Unread: Error {
    case absent, silent, tooLarge
    case failed(Int32)
  }

  /// The bytes of a file of the system.
  static func bytes(of path: String) throws -> [UInt8] { try content(of: path).0 }

  private static func content(of path: String) throws(Unread) -> ([UInt8], stat) {
    // Without O_NONBLOCK a pipe that nobody writes into would not even open.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .absent : .failed(errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .failed(errno) }
    return (try collect(from: descriptor, isRegular: facts.st_mode & S_IFMT == S_IFREG), facts)
  }

  private static func collect(from descriptor: Int32, isRegular: Bool) throws(Unread) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var hasWaited = false
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
        if bytes.count > 1 << 20 { throw .tooLarge }
      } else if count < 0, errno == EINTR {
        continue
      } else if count < 0, errno != EAGAIN {
        throw .failed(errno)
      } else if count == 0, isRegular || !bytes.isEmpty || hasWaited {
        return bytes
      } else {
        // A pipe ends at once as long as nobody has opened it for writing.
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&watched, 1, Int32(patience) * 1_000)
        if ready == 0 { throw .silent }
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

  /// A path that is seen from the folder of a file, unless it begins at the root.
  func seen(from file: String) -> String {
    hasPrefix("/") || !file.contains("/") ? self : file.folder + self
  }
}
