import Glibc

/// Locks between processes that use one archive, by name: a range of one byte in a file beside the archive. The kernel frees
/// them when their holder ends, however it ends.
final class ArchiveLock: Sendable {
  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// What came of trying.
  enum Attempt {
    case held(ArchiveLock)
    case busy
    /// There is no file to lock, as in a folder that may not be written.
    case impossible
  }

  /// Opens the file of all locks. Where that is another user's, one for this user alone keeps at least his own processes apart.
  fileprivate static func openFile(beside path: String) -> (descriptor: Int32, isForAll: Bool) {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
    var descriptor = open(path + "-lock", flags, 0o600)
    if descriptor < 0, errno == ENOENT, (try? ArchiveFile(path: path).makeFolder()) != nil {
      // Somebody has taken the whole folder away.
      descriptor = open(path + "-lock", flags, 0o600)
    }
    if descriptor >= 0 { return (descriptor, true) }
    return (open("\(path)-lock-\(geteuid())", flags, 0o600), false)
  }

  /// Whether all users of an archive can lock it; nil where there is no file yet that would tell. Makes no file.
  static func isForAll(beside path: String) -> Bool? {
    let descriptor = open(path + "-lock", O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    if descriptor < 0 { return errno == ENOENT ? nil : false }
    close(descriptor)
    return true
  }

  /// Takes the lock of a name if nobody has it.
  static func attempt(_ name: String, beside path: String) -> Attempt {
    let (descriptor, _) = openFile(beside: path)
    guard descriptor >= 0 else { return .impossible }
    if set(F_WRLCK, name, descriptor) { return .held(ArchiveLock(descriptor)) }
    let isBusy = errno == EAGAIN || errno == EACCES
    close(descriptor)
    return isBusy ? .busy : .impossible
  }

  /// Many locks on one descriptor, which do not exclude each other.
  final class Ranges: Sendable {
    private let descriptor: Int32
    private let path: String
    /// Whether processes of all users see these locks.
    let isForAll: Bool

    /// None yet; nil where there is no file to lock.
    init?(beside path: String) {
      (descriptor, isForAll) = ArchiveLock.openFile(beside: path)
      self.path = path + (isForAll ? "-lock" : "-lock-\(geteuid())")
      if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Whether the file is still where others look for it.
    var isInPlace: Bool { FileIdentity.existing(path) == FileIdentity(of: descriptor) }

    /// Takes the lock of a name.
    func hold(_ name: String) -> Hold {
      if ArchiveLock.set(F_WRLCK, name, descriptor) { return .held }
      return errno == EAGAIN || errno == EACCES ? .busy : .impossible
    }

    /// Gives the lock of a name back.
    func release(_ name: String) { _ = ArchiveLock.set(F_UNLCK, name, descriptor) }
  }

  /// What came of trying to hold one of many.
  enum Hold { case held, busy, impossible }

  private static func set(_ type: Int32, _ name: String, _ descriptor: Int32) -> Bool {
    var range = flock()
    range.l_type = Int16(type)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = offset(of: name)
    range.l_len = 1
    // F_OFD_SETLK: unlike F_SETLK it belongs to the descriptor, so that two tasks of one process exclude each other too.
    return fcntl(descriptor, 37, &range) == 0
  }

  /// FNV-1a, which every process computes alike.
  private static func offset(of name: String) -> Int {
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return Int(hash >> 2)
  }
}

extension MessageArchive {
  /// Runs a body while no other process on the archive runs one under the same name, and tells it whether that is so.
  ///
  /// Waits for its turn, but no longer than given: a holder that hangs must not stop all others, so the body then runs all
  /// the same. Where there is nothing to lock (a folder that may not be written) it runs at once. In memory nobody else is.
  public func alone<Value: Sendable>(
    _ name: String, atMost patience: Duration = .seconds(15), _ body: @Sendable (_ isAlone: Bool) async throws -> Value
  ) async throws -> Value {
    guard let lockPath else { return try await body(true) }
    let end = ContinuousClock.now + patience
    while true {
      switch ArchiveLock.attempt(name, beside: lockPath) {
      case .held(let lock):
        defer { withExtendedLifetime(lock) {} }
        return try await body(true)
      case .impossible: return try await body(false)
      case .busy where ContinuousClock.now >= end: return try await body(false)
      case .busy: try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  /// Runs a body unless another process on the archive runs one under the same name; nil then.
  public func aloneOrNot<Value: Sendable>(
    _ name: String, _ body: @Sendable () async throws -> Value
  ) async throws -> Value? {
    guard let lockPath else { return try await body() }
    switch ArchiveLock.attempt(name, beside: lockPath) {
    case .held(let lock):
      defer { withExtendedLifetime(lock) {} }
      return try await body()
    case .impossible: return try await body()
    case .busy: return nil
    }
  }
}
