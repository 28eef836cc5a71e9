import Glibc
import Logging
import Synchronization
import WeixinModel

extension Logger {
  /// A logger whose lines say which account they are about.
  func about(_ account: Account) -> Logger {
    var logger = self
    logger[metadataKey: "account"] = "\(account.name)"
    return logger
  }
}

/// Log lines in a file under the state directory, since the screen belongs to the dashboard. One old file is kept.
struct LogFile: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info
  private let file: File

  /// A logger to the file, or to nowhere when there is no place for one.
  static func logger(path: String?) -> Logger {
    guard let path else { return Logger(label: "wxtop") { _ in SwiftLogNoOpLogHandler() } }
    return Logger(label: "wxtop") { _ in LogFile(file: File(path: path)) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted { $0.key < $1.key }
    let words = fields.map { LogWords.field($0.key, "\($0.value)") } + ["\(event.message)"]
    let line = "\(Timestamp.now.rfc3339) \(event.level) " + words.joined(separator: " ")
    file.append(line.cleaned(limit: 2_000) + "\n")
  }

  /// Opened with the first line, so that a start costs nothing; renamed to `.1` at 1 MiB.
  private final class File: Sendable {
    private let path: String
    private let descriptor = Mutex<Int32>(-1)
    private static let limit = 1 << 20

    init(path: String) { self.path = path }

    /// Each folder above the file; those that stand already stay as they are.
    private func makeFolders() {
      for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o700) }
    }

    func append(_ line: String) {
      descriptor.withLock { descriptor in
        // Another process, or logrotate, may have put it aside.
        if descriptor >= 0, !isAtPath(descriptor) {
          close(descriptor)
          descriptor = -1
        }
        if descriptor < 0 {
          makeFolders()
          descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { return }
        let bytes = Array(line.utf8)
        _ = write(descriptor, bytes, bytes.count)
        if lseek(descriptor, 0, SEEK_END) > Self.limit {
          // Of several processes one renames: who comes second would put the fresh file over the full one.
          flock(descriptor, LOCK_EX)
          if isAtPath(descriptor) { rename(path, path + ".1") }
          close(descriptor)
          descriptor = -1
        }
      }
    }

    private func isAtPath(_ descriptor: Int32) -> Bool {
      var (opened, named) = (stat(), stat())
      return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
        && opened.st_dev == named.st_dev
    }
  }
}
