import GRDB

/// For what is asked of an archive with every call: hundreds of accounts make many, and a statement takes longer to compile than to
/// run.
extension Database {
  /// Runs a statement that is compiled once.
  func executeCached(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The rows of a query that is compiled once.
  func rowsCached(_ sql: String, _ arguments: StatementArguments) throws -> RowCursor {
    try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
  }
}
