import GRDB
import Glibc
import Synchronization
public import WeixinModel

/// The local history of one or more accounts: days, mass-send speeds and the call ledger, in SQLite.
///
/// Reads are synchronous and quick. Writes are asynchronous and are not cut short by the cancellation of their task: an
/// answer that has been received is kept. Several processes may use one file at once.
public final class MessageArchive: Sendable {
  /// Where reading goes, which does not wait for a write.
  let reader: any DatabaseReader
  private let writer: Mutex<(any DatabaseWriter)?>
  private let path: String
  /// The accounts that this process watches for all.
  let watches = Mutex(Watches())

  /// The path that locks stand beside; nil in memory.
  var lockPath: String? { isInMemory ? nil : path }

  /// Whether the archive lives in memory only and is gone with the process.
  public let isInMemory: Bool

  /// An archive in memory, whose one connection reads and writes.
  private init(inMemory queue: DatabaseQueue) throws(ArchiveFault) {
    reader = queue
    writer = Mutex(queue)
    path = ""
    isInMemory = true
    do {
      try ArchiveSchema.migrator.migrate(queue)
    } catch {
      throw ArchiveFault(error)
    }
  }

  /// An archive whose tables are up to date, over connections for reading.
  ///
  /// Opening for writing waits for the disk, and a dashboard wants its first frame before that.
  private init(reader: DatabasePool, path: String) {
    self.reader = reader
    writer = Mutex(nil)
    self.path = path
    isInMemory = false
  }

  /// Where writing goes.
  var database: any DatabaseWriter {
    get throws {
      try writer.withLock { writer in
        if let writer { return writer }
        let queue = try Self.queueForWriting(path)
        writer = queue
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
  /// A file that is no database, or a broken one, is renamed to `….unreadable-YYYYMMDD-HHMMSS` and a new archive made.
  /// - Throws: ``ArchiveFault/newerVersion`` or ``ArchiveFault/notWritable`` with the file untouched.
  public static func open(at path: String) throws(ArchiveFault) -> Opened {
    let file = ArchiveFile(path: path)
    switch try file.inspect() {
    // An archive needs no lock: nobody moves it aside.
    case .archive(let reader?): return Opened(archive: opened(reader, file))
    case .archive(nil), .unreadable: break
    case .nothing: try file.create()
    }
    return try file.alone { () throws(ArchiveFault) in
      var fault: ArchiveFault?
      // Asked again under the lock: meanwhile another process may have made the tables, or mended the file.
      switch try file.inspect() {
      case .archive(let reader?): return Opened(archive: opened(reader, file))
      case .archive(nil), .nothing: break
      case .unreadable:
        fault = .movedAside(to: try file.moveAside(at: Timestamp(seconds: time(nil))))
        try file.create()
      }
      return Opened(archive: try migrating(file), fault: fault)
    }
  }

  private static func opened(_ reader: DatabasePool, _ file: ArchiveFile) -> MessageArchive {
    file.keepToOwner()
    return MessageArchive(reader: reader, path: file.path)
  }

  /// Opens the archive at a path or, where that cannot be, one in memory together with the fault.
  public static func openOrInMemory(at path: String) throws(ArchiveFault) -> Opened {
    do {
      return try open(at: path)
    } catch {
      return Opened(archive: try inMemory(), fault: error)
    }
  }

  /// An empty archive in memory, for a home that cannot be written.
  public static func inMemory() throws(ArchiveFault) -> MessageArchive {
    let queue: DatabaseQueue
    do {
      queue = try DatabaseQueue(configuration: configuration)
    } catch {
      throw ArchiveFault(error)
    }
    return try MessageArchive(inMemory: queue)
  }

  /// Brings the tables up to date, then opens as any other start does.
  private static func migrating(_ file: ArchiveFile) throws(ArchiveFault) -> MessageArchive {
    do {
      let queue = try queueForWriting(file.path)
      try ArchiveSchema.migrator.migrate(queue)
      try queue.close()
    } catch {
      throw ArchiveFault(error)
    }
    guard case .archive(let reader?) = try file.inspect() else { throw .other("the new tables cannot be read") }
    return opened(reader, file)
  }

  private static func queueForWriting(_ path: String) throws -> DatabaseQueue {
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
      try reader.close()
      try writer.withLock { try $0?.close() }
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

  /// Runs in one immediate transaction on the writer's queue, whatever becomes of the calling task.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(ArchiveFault)
    -> Value
  {
    let database: any DatabaseWriter
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
