import GRDBSQLite
import Synchronization
import WeixinModel

/// A connection for reading that speaks to SQLite itself. It is ready a millisecond or two before one of GRDB's, and the first
/// frame is drawn from what it reads.
final class QuickReader: Sendable {
  private let connection: Mutex<QuickConnection?>

  /// Opens a file, without changing a byte of it.
  init(path: String) throws(ArchiveFault) {
    var pointer: OpaquePointer?
    let code = sqlite3_open_v2(path, &pointer, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let pointer else {
      sqlite3_close_v2(pointer)
      throw ArchiveFault(code: code, of: nil)
    }
    sqlite3_busy_timeout(pointer, 2_000)
    connection = Mutex(QuickConnection(pointer, isOwn: true))
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

  /// Runs a body in one transaction: all that it reads is of one moment.
  func read<Value>(_ body: (QuickConnection) throws(ArchiveFault) -> Value) throws(ArchiveFault) -> Value {
    try connection.withLock { connection throws(ArchiveFault) -> Value in
      guard let connection else { throw .other("the archive is closed") }
      _ = try QuickStatement(connection, "BEGIN").next()
      defer { _ = try? QuickStatement(connection, "COMMIT").next() }
      return try body(connection)
    }
  }

  /// Closes the file; nothing can be read afterwards.
  func close() { connection.withLock { $0 = nil } }
}

/// A connection of SQLite's own with the statements that it has prepared: hundreds of accounts ask the same of it.
// A pointer is not Sendable; this one is used under the lock of its reader, or within one body of GRDB's.
final class QuickConnection: @unchecked Sendable {
  let pointer: OpaquePointer
  private let isOwn: Bool
  private var prepared: [(sql: String, statement: OpaquePointer)] = []

  /// A connection to speak through; one's own is closed with it.
  init(_ pointer: OpaquePointer, isOwn: Bool) {
    self.pointer = pointer
    self.isOwn = isOwn
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
