import GRDB
import Glibc
import Synchronization
public import WeixinModel

/// The local history of one or more accounts: days, mass-send speeds and the call ledger, in SQLite.
///
/// Reads are synchronous and quick. Writes are asynchronous and are not cut short by the cancellation of their task: an
/// answer that has been received is kept. Several processes may use one file at once.
public final class MessageArchive: Sendable {
  /// Where the archive is meant to be; nil for one that is meant to be in memory.
  let path: String?
  /// The time: what lies ahead of it was written by a clock that was wrong.
  let now: @Sendable () -> Timestamp
  /// Whether a file is made where there is none.
  let makesFile: Bool
  let place: Mutex<Place>
  /// The accounts that this process watches for all.
  let watches = Mutex(Watches())

  /// The path that locks stand beside; nil where no other process can know of the archive.
  var lockPath: String? { path }

  /// Where reading goes, which does not wait for a write.
  var reader: DatabaseQueue { place.withLock { $0.reader } }

  /// Whether the archive lives in memory only, for good or until its file can be used.
  public var isInMemory: Bool { place.withLock { $0.file == nil } }

  /// Whether other processes may use the same archive.
  public var isShared: Bool { path != nil }

  /// The clock of the machine.
  public static let systemTime: @Sendable () -> Timestamp = { Timestamp(seconds: time(nil)) }

  init(_ place: Place, path: String?, makesFile: Bool = true, now: @escaping @Sendable () -> Timestamp) {
    self.place = Mutex(place)
    self.path = path
    self.makesFile = makesFile
    self.now = now
  }

  /// Where writing goes. Opening for it waits for the disk, and a dashboard wants its first frame before that.
  var database: DatabaseQueue {
    get throws {
      try place.withLock { place in
        if let lost = place.lost { throw lost }
        if let writer = place.writer { return writer }
        let queue = try Self.queueForWriting(path ?? "")
        place.writer = queue
        return queue
      }
    }
  }

  /// An archive that was opened, and what was wrong on the way.
  public struct Opened: Sendable {
    /// The archive, ready to use.
    public var archive: MessageArchive
    /// Why it is not the archive that was asked for, if it is not.
    public var fault: ArchiveFault?

    /// An opened archive.
    public init(archive: MessageArchive, fault: ArchiveFault? = nil) {
      self.archive = archive
      self.fault = fault
    }
  }

  /// Opens the archive at a path, and makes it (0600, in folders with 0700) where there is none.
  ///
  /// A file that is no database, or a broken one, is renamed to `….unreadable-YYYYMMDD-HHMMSS` and a new archive made. Who only reads
  /// has nothing moved or made, by `makesFile`.
  /// - Throws: ``ArchiveFault/newerVersion``, ``ArchiveFault/notWritable``, ``ArchiveFault/missing`` or ``ArchiveFault/damaged``, with
  ///   the file untouched.
  public static func open(
    at path: String, makesFile: Bool = true, now: @escaping @Sendable () -> Timestamp = systemTime
  ) throws(ArchiveFault) -> Opened {
    guard let place = try Place.open(ArchiveFile(path: path), makesFile: makesFile) else {
      throw .missing
    }
    return Opened(archive: MessageArchive(place, path: path, now: now), fault: place.said)
  }

  /// Opens the archive at a path or, where that cannot be, one in memory together with the fault. That one becomes the archive at
  /// the path as soon as ``look()`` finds that it can. Who only reads has no file made where there is none, by `makesFile`.
  public static func openOrInMemory(
    at path: String, makesFile: Bool = true, now: @escaping @Sendable () -> Timestamp = systemTime
  ) throws(ArchiveFault) -> Opened {
    var fault: ArchiveFault?
    do {
      if let place = try Place.open(ArchiveFile(path: path), makesFile: makesFile) {
        return Opened(
          archive: MessageArchive(place, path: path, makesFile: makesFile, now: now), fault: place.said)
      }
    } catch {
      fault = error
    }
    var place = try Place.inMemory()
    place.lost = nil
    place.said = fault
    return Opened(archive: MessageArchive(place, path: path, makesFile: makesFile, now: now), fault: fault)
  }

  /// An empty archive in memory, of which no other process knows.
  public static func inMemory(
    now: @escaping @Sendable () -> Timestamp = systemTime
  ) throws(ArchiveFault) -> MessageArchive {
    MessageArchive(try Place.inMemory(), path: nil, now: now)
  }

  static func queueForReading(_ path: String) throws -> DatabaseQueue {
    var configuration = configuration
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  static func queueForWriting(_ path: String) throws -> DatabaseQueue {
    var configuration = configuration
    configuration.journalMode = .wal
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// With `journal_mode = WAL` GRDB sets `synchronous = NORMAL`. A commit then is in the page cache of the
  /// kernel, not yet on the disk: killing the process loses nothing, and after a power cut the newest commits may be
  /// missing but the file is whole. Lost days are fetched again, so an fsync for each of them would buy nothing.
  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "wxtop.archive"
    configuration.prepareDatabase { database in
      // Not by `busyMode`, which a pool's readers do not follow.
      try database.execute(sql: "PRAGMA busy_timeout = 2000; PRAGMA cache_size = -1024")
    }
    return configuration
  }

  /// Closes the file. The archive must not be used afterwards.
  public func close() throws(ArchiveFault) {
    do {
      try place.withLock { place in
        try place.reader.close()
        try place.writer?.close()
      }
    } catch {
      throw ArchiveFault(error)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(ArchiveFault) -> Value {
    do {
      return try reader.read(body)
    } catch {
      throw ArchiveFault(error)
    }
  }

  /// Runs a body that takes long, on a connection of its own, so that no key waits for it.
  func readLong(_ body: (Database) throws -> Void) throws {
    let (reader, isInMemory) = place.withLock { ($0.reader, $0.file == nil) }
    // What lives in memory has one connection.
    try (isInMemory ? reader : try Self.queueForReading(reader.path)).read(body)
  }

  /// Runs in one immediate transaction on the writer's queue, whatever becomes of the calling task.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(ArchiveFault)
    -> Value
  {
    look()
    let database: DatabaseQueue
    do {
      database = try self.database
    } catch {
      throw ArchiveFault(error)
    }
    let result: Result<Value, ArchiveFault> = await withCheckedContinuation { continuation in
      database.asyncWrite(body) { _, result in
        continuation.resume(returning: result.mapError(ArchiveFault.init))
      }
    }
    return try result.get()
  }

  /// Runs SQL as it stands, so that tests of other rooms can break an archive without knowing GRDB.
  func execute(_ sql: String) async throws(ArchiveFault) {
    try await write { try $0.execute(sql: sql) }
  }
}
