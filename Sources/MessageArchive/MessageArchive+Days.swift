import GRDB
public import WeixinModel

extension MessageArchive {
  /// The kept days of one account in a range, oldest first.
  public func records(_ account: String, days: ClosedRange<BeijingDay>) throws(ArchiveFault) -> [DayRecord] {
    let horizon = horizon
    return try read { database in
      var records: [DayRecord] = []
      try Self.eachRecord(database, account, days, horizon) { records.append($0) }
      return records
    }
  }

  /// The kept record of one day.
  public func record(_ account: String, day: BeijingDay) throws(ArchiveFault) -> DayRecord? {
    let horizon = horizon
    return try read { try Self.record($0, account, day, horizon) }
  }

  /// Hands over the kept days of a range one by one, oldest first, without holding all of them in memory.
  ///
  /// All days are of one moment. What `body` throws comes out as it is.
  public func forEachRecord(
    _ account: String, days: ClosedRange<BeijingDay>, _ body: (DayRecord) throws -> Void
  ) throws {
    let horizon = horizon
    do {
      try readLong { try Self.eachRecord($0, account, days, horizon, body) }
    } catch let error as DatabaseError {
      throw ArchiveFault(error)
    }
  }

  /// Hands over the kept days that were fetched at a moment or later, in no particular order.
  ///
  /// What `body` throws comes out as it is.
  public func forEachRecord(_ account: String, fetchedSince moment: Timestamp, _ body: (DayRecord) throws -> Void)
    throws
  {
    let horizon = horizon
    do {
      try readLong { database in
        let rows = try Row.fetchCursor(
          database, sql: "SELECT \(Self.columns) FROM day WHERE account = ? AND fetched_at >= ?",
          arguments: [account, moment.seconds])
        while let row = try rows.next() { try body(try Self.record(row, horizon)) }
      }
    } catch let error as DatabaseError {
      throw ArchiveFault(error)
    }
  }

  /// The earlier answers for a day that a later one replaced, oldest first.
  public func supersededRecords(_ account: String, day: BeijingDay) throws(ArchiveFault) -> [DayRecord] {
    let horizon = horizon
    return try read { database in
      let sql = "SELECT \(Self.columns) FROM day_revision WHERE account = ? AND date = ? ORDER BY revision"
      let rows = try Row.fetchCursor(database, sql: sql, arguments: [account, day.description])
      var records: [DayRecord] = []
      while let row = try rows.next() { records.append(try Self.record(row, horizon)) }
      return records
    }
  }

  /// The newest kept day; nil for an empty archive.
  public func newestDay(_ account: String) throws(ArchiveFault) -> BeijingDay? {
    try read { try Self.newestDay($0, account) }
  }

  /// The oldest kept day; nil for an empty archive.
  public func oldestDay(_ account: String) throws(ArchiveFault) -> BeijingDay? {
    try read { database in
      let sql = "SELECT min(date) FROM day WHERE account = ?"
      return try String.fetchOne(database, sql: sql, arguments: [account]).flatMap { BeijingDay($0) }
    }
  }

  /// The number of kept days.
  public func dayCount(_ account: String) throws(ArchiveFault) -> Int {
    try read { try Self.dayCount($0, account) }
  }

  /// Which days of a range are kept, and whether they are final, without reading their numbers.
  public func keptDays(_ account: String, days: ClosedRange<BeijingDay>) throws(ArchiveFault) -> [BeijingDay: Bool] {
    let horizon = horizon
    return try read { try Self.keptDays($0, account, days, horizon) }
  }

  /// The accounts of which anything is kept, by name.
  public func accounts() throws(ArchiveFault) -> [String] {
    try read { database in
      let sql = "SELECT account FROM day UNION SELECT account FROM speed_span ORDER BY account"
      return try String.fetchAll(database, sql: sql)
    }
  }

  static func newestDay(_ database: Database, _ account: String) throws -> BeijingDay? {
    let statement = try database.cachedStatement(sql: "SELECT max(date) FROM day WHERE account = ?")
    return try String.fetchOne(statement, arguments: [account]).flatMap { BeijingDay($0) }
  }

  static func dayCount(_ database: Database, _ account: String) throws -> Int {
    let statement = try database.cachedStatement(sql: "SELECT count(*) FROM day WHERE account = ?")
    return try Int.fetchOne(statement, arguments: [account]) ?? 0
  }

  static func keptDays(
    _ database: Database, _ account: String, _ days: ClosedRange<BeijingDay>, _ horizon: Int
  ) throws -> [BeijingDay: Bool] {
    let rows = try database.rowsCached(
      "SELECT date, final AND fetched_at <= ? FROM day WHERE account = ? AND date BETWEEN ? AND ?",
      [horizon, account, days.lowerBound.description, days.upperBound.description])
    var kept: [BeijingDay: Bool] = [:]
    while let row = try rows.next() {
      if let day = BeijingDay(try row.value(0) as String) { kept[day] = try row.value(1) }
    }
    return kept
  }

  private static let selectDays =
    "SELECT \(columnsAndBefore) FROM day WHERE account = ? AND date BETWEEN ? AND ? ORDER BY date"
  static let columns = "date, revision, final, fetched_at, rows, other_dates, duplicates, unreadable"
  /// With what the day had before its last revision, which few days have had.
  private static let columnsAndBefore =
    columns
      + """
      , CASE WHEN revision > 1 THEN (
        SELECT total FROM day_revision AS earlier
        WHERE earlier.account = day.account AND earlier.date = day.date AND earlier.revision = day.revision - 1) END
      """

  static func record(
    _ database: Database, _ account: String, _ day: BeijingDay, _ horizon: Int
  ) throws -> DayRecord? {
    var record: DayRecord?
    try eachRecord(database, account, day...day, horizon) { record = $0 }
    return record
  }

  static func eachRecord(
    _ database: Database, _ account: String, _ days: ClosedRange<BeijingDay>, _ horizon: Int,
    known: [BeijingDay: DayRecord] = [:],
    _ body: (DayRecord) throws -> Void
  ) throws {
    let rows = try database.rowsCached(
      selectDays, [account, days.lowerBound.description, days.upperBound.description])
    while let row = try rows.next() { try body(try record(row, horizon, known: known)) }
  }

  /// A day that was fetched beyond the horizon may have been asked for too early: it is not final.
  private static func record(
    _ row: Row, _ horizon: Int, known: [BeijingDay: DayRecord] = [:]
  ) throws -> DayRecord {
    let date: String = try row.value(0)
    let day = BeijingDay(date)
    let (revision, fetchedAt) = (try row.number(1), try row.moment(3))
    let isFinal = try row.value(2) && fetchedAt.seconds <= horizon
    if let day, let record = known[day], record.revision == revision, record.isFinal == isFinal,
      record.fetchedAt == fetchedAt
    {
      return record
    }
    guard let day, let messages = RowsText.decode(try row.value(4)) else {
      throw ArchiveFault.other("the kept day \(date.cleaned(limit: 10)) cannot be read")
    }
    var leftOut = RowsLeftOut()
    leftOut.otherDates = try row.number(5)
    leftOut.duplicates = try row.number(6)
    leftOut.unreadable = try row.number(7)
    return DayRecord(
      messages: HourlyMessages(day: day, rows: messages), isFinal: isFinal, fetchedAt: fetchedAt,
      revision: revision, leftOut: leftOut, totalBefore: row.count > 8 ? try row.numberIfAny(8) : nil)
  }
}
