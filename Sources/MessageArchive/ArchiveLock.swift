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

  /// Takes the lock of a name if nobody has it.
  static func attempt(_ name: String, beside path: String) -> Attempt {
    let descriptor = open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return .impossible }
    if set(F_WRLCK, name, descriptor) { return .held(ArchiveLock(descriptor)) }
    let isBusy = errno == EAGAIN || errno == EACCES
    close(descriptor)
    return isBusy ? .busy : .impossible
  }

  /// Many locks on one descriptor, which do not exclude each other.
  final class Ranges: Sendable {
    private let descriptor: Int32

    /// None yet; nil where there is no file to lock.
    init?(beside path: String) {
      descriptor = open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Takes the lock of a name; false when another process has it.
    func hold(_ name: String) -> Bool {
      ArchiveLock.set(F_WRLCK, name, descriptor) || (errno != EAGAIN && errno != EACCES)
    }

    /// Gives the lock of a name back.
    func release(_ name: String) { _ = ArchiveLock.set(F_UNLCK, name, descriptor) }
  }

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
  /// Runs a body while no other process on the archive runs one under the same name.
  ///
  /// Waits for its turn, but no longer than given: a holder that hangs must not stop all others, so the body then runs all
  /// the same. Where there is nothing to lock (in memory, a folder that may not be written) it runs at once.
  public func alone<Value: Sendable>(
    _ name: String, atMost patience: Duration = .seconds(15), _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    guard let lockPath else { return try await body() }
    let end = ContinuousClock.now + patience
    while true {
      switch ArchiveLock.attempt(name, beside: lockPath) {
      case .held(let lock):
        defer { withExtendedLifetime(lock) {} }
        return try await body()
      case .impossible: return try await body()
      case .busy where ContinuousClock.now >= end: return try await body()
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
