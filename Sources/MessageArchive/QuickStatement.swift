import GRDB
import GRDBSQLite
import WeixinModel

/// One statement on a connection of SQLite's own.
struct QuickStatement: ~Copyable {
  private let connection: QuickConnection
  private let sql: String
  private let statement: OpaquePointer

  /// A statement whose parameters have values: a text for the first one, numbers for the others.
  init(
    _ connection: QuickConnection, _ sql: String, _ text: String? = nil, _ numbers: Int...
  ) throws(ArchiveFault) {
    statement = try connection.take(sql)
    self.connection = connection
    self.sql = sql
    if let text { bind(text, at: 1) }
    for (index, number) in numbers.enumerated() { sqlite3_bind_int64(statement, Int32(index + 2), Int64(number)) }
  }

  deinit { connection.giveBack(statement, sql) }

  func bind(_ text: String, at index: Int32) {
    // SQLITE_TRANSIENT: SQLite takes a copy.
    sqlite3_bind_text(statement, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
  }

  /// Begins anew, with the values that it has and will be given.
  func reset() { sqlite3_reset(statement) }

  /// Goes on to the next row. Returns whether there is one.
  func next() throws(ArchiveFault) -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: true
    case SQLITE_DONE: false
    case let code: throw ArchiveFault(code: code, of: connection.pointer)
    }
  }

  /// The number in the first column of the first row; nil without a row.
  func firstNumber() throws(ArchiveFault) -> Int? { try next() ? number(0) : nil }

  /// A number in the current row.
  func number(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

  /// The bytes of a text in the current row, which last until the next one.
  func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: sqlite3_column_text(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
  }

  /// A day in the current row; nil where there is none.
  func day(_ column: Int32) -> BeijingDay? { BeijingDay(utf8: bytes(column)) }
}
