import GRDBSQLite
import Glibc
import Synchronization
import WeixinModel

/// A connection for reading that speaks to SQLite itself. It is ready a millisecond or two before one of GRDB's, and the first
/// frame is drawn from what it reads.
final class QuickReader: Sendable {
  private let path: String
  private let state: Mutex<State>

  private struct State {
    var connection: QuickConnection?
    /// How the file was found, while it is read as one that nobody changes.
    var stillFile: StillFile?
  }

  /// Opens a file, without changing a byte of it.
  init(path: String) throws(ArchiveFault) {
    self.path = path
    let stillFile = StillFile(path)
    if let connection = stillFile?.connection(path) {
      state = Mutex(State(connection: connection, stillFile: stillFile))
    } else {
      state = Mutex(State(connection: try QuickConnection(path, SQLITE_OPEN_READONLY)))
    }
  }

  /// A connection to a file whose tables are all there as this wxtop wants them; nil for any other, whatever is wrong with it.
  static func toCurrentArchive(at path: String) -> QuickReader? {
    guard let reader = try? QuickReader(path: path) else { return nil }
    let isCurrent = try? reader.read { connection throws(ArchiveFault) -> Bool in
      let owner = try QuickStatement(connection, "PRAGMA application_id").firstNumber()
      let version = try QuickStatement(connection, "PRAGMA user_version").firstNumber()
      // Both stand in the head; the list of tables shows whether what follows can be read at all.
      let hasTables = try QuickStatement(connection, "SELECT name FROM sqlite_master LIMIT 1").next()
      return hasTables && owner == ArchiveSchema.applicationID && version == ArchiveSchema.version
    }
    return isCurrent == true ? reader : nil
  }

  /// Runs a body in one transaction: all that it reads is of one moment. It may run twice.
  func read<Value: Sendable>(_ body: (QuickConnection) throws(ArchiveFault) -> Value) throws(ArchiveFault) -> Value {
    try state.withLock { state throws(ArchiveFault) -> Value in
      guard let connection = state.connection else { throw .other("the archive is closed") }
      if let stillFile = state.stillFile {
        if stillFile == StillFile(path) {
          // Nobody changes it meanwhile, so all that is read is of one moment without a transaction.
          let value = Result { () throws(ArchiveFault) in try body(connection) }
          if stillFile == StillFile(path) { return try value.get() }
        }
        // From the first change on it is read as one that others write.
        state.stillFile = nil
        state.connection = try QuickConnection(path, SQLITE_OPEN_READONLY)
      }
      return try Self.transaction(state.connection ?? connection, body)
    }
  }

  private static func transaction<Value: Sendable>(
    _ connection: QuickConnection, _ body: (QuickConnection) throws(ArchiveFault) -> Value
  ) throws(ArchiveFault) -> Value {
    _ = try QuickStatement(connection, "BEGIN").next()
    defer { _ = try? QuickStatement(connection, "COMMIT").next() }
    return try body(connection)
  }

  /// Closes the file; nothing can be read afterwards.
  func close() { state.withLock { $0.connection = nil } }
}

/// A database without a log beside it: nobody writes to it. To read it SQLite needs neither locks nor shared memory, which would be
/// two more files to make and thirty more system calls.
private struct StillFile: Equatable {
  private let inode: UInt
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// How a file is found; nil where somebody may be writing to it.
  init?(_ path: String) {
    var facts = stat()
    for log in ["-wal", "-journal"] where stat(path + log, &facts) == 0 || errno != ENOENT { return nil }
    guard stat(path, &facts) == 0 else { return nil }
    (inode, size) = (UInt(facts.st_ino), Int(facts.st_size))
    (seconds, nanoseconds) = (facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec)
  }

  /// A connection that looks for no changes; nil where SQLite would not find the file by such a name.
  func connection(_ path: String) -> QuickConnection? {
    guard path.hasPrefix("/"), !path.utf8.contains(where: { "%?#".utf8.contains($0) }) else { return nil }
    return try? QuickConnection("file:" + path + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
  }
}

/// A connection of SQLite's own with the statements that it has prepared: hundreds of accounts ask the same of it.
// A pointer is not Sendable; this one is used under the lock of its reader, or within one body of GRDB's.
final class QuickConnection: @unchecked Sendable {
  let pointer: OpaquePointer
  private let isOwn: Bool
  private var prepared: [(sql: String, statement: OpaquePointer)] = []

  /// Speaks through a connection of GRDB's.
  init(borrowing pointer: OpaquePointer) {
    self.pointer = pointer
    isOwn = false
  }

  /// Opens a file.
  init(_ name: String, _ flags: Int32) throws(ArchiveFault) {
    var pointer: OpaquePointer?
    let code = sqlite3_open_v2(name, &pointer, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let pointer else {
      sqlite3_close_v2(pointer)
      throw ArchiveFault(code: code, of: nil)
    }
    sqlite3_busy_timeout(pointer, 2_000)
    self.pointer = pointer
    isOwn = true
  }

  /// A statement that nobody else uses until it is given back.
  func take(_ sql: String) throws(ArchiveFault) -> OpaquePointer {
    if let index = prepared.firstIndex(where: { $0.sql == sql }) { return prepared.remove(at: index).statement }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(pointer, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement else { throw ArchiveFault(code: code, of: pointer) }
    return statement
  }

  /// Takes a statement back.
  func giveBack(_ statement: OpaquePointer, _ sql: String) {
    sqlite3_reset(statement)
    prepared.append((sql, statement))
  }

  deinit {
    for (_, statement) in prepared { sqlite3_finalize(statement) }
    if isOwn { sqlite3_close_v2(pointer) }
  }
}
