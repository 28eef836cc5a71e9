import GRDBSQLite
import Synchronization
import WeixinModel

/// A connection for reading that speaks to SQLite itself. It is ready a millisecond or two before one of GRDB's, and the first
/// frame is drawn from what it reads.
final class QuickReader: Sendable {
  private let connection: Mutex<Connection?>

  // A pointer is not Sendable; this one is used under the lock alone.
  private struct Connection: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  /// Opens a file, without changing a byte of it.
  init(path: String) throws(ArchiveFault) {
    var pointer: OpaquePointer?
    let code = sqlite3_open_v2(path, &pointer, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let pointer else {
      sqlite3_close_v2(pointer)
      throw ArchiveFault(code: code, of: nil)
    }
    sqlite3_busy_timeout(pointer, 2_000)
    connection = Mutex(Connection(pointer: pointer))
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
  func read<Value>(_ body: (OpaquePointer) throws(ArchiveFault) -> Value) throws(ArchiveFault) -> Value {
    try connection.withLock { connection throws(ArchiveFault) -> Value in
      guard let pointer = connection?.pointer else { throw .other("the archive is closed") }
      _ = try QuickStatement(pointer, "BEGIN").next()
      defer { sqlite3_exec(pointer, "COMMIT", nil, nil, nil) }
      return try body(pointer)
    }
  }

  /// Closes the file; nothing can be read afterwards.
  func close() {
    connection.withLock { connection in
      if let pointer = connection?.pointer { sqlite3_close_v2(pointer) }
      connection = nil
    }
  }

  deinit { close() }
}
