import GRDB
import GRDBSQLite
public import WeixinModel

extension MessageArchive {
  /// What a screen needs of an account, all of one moment.
  public struct Excerpt: Sendable {
    /// The newest kept day; nil when there is none.
    public var newestDay: BeijingDay?
    /// The number of kept days.
    public var dayCount = 0
    /// The kept days of the ranges that were asked for.
    public var records: [DayRecord] = []
    /// The newest span; nil when no speed was ever seen.
    public var latestSpeed: SpeedSpan?
    /// The spans that touch the stretch that was asked for, oldest first.
    public var speedSpans: [SpeedSpan] = []
  }

  /// Reads what a screen needs.
  ///
  /// - Parameters:
  ///   - account: The account's key.
  ///   - speeds: The stretch of time of which the speeds are wanted.
  ///   - known: Days that were read before. One that has not changed is taken from there, which saves most of the work.
  ///   - ranges: Which days are wanted, by the newest kept one.
  /// - Returns: What was read, all of one moment.
  /// - Throws: Why it cannot be read.
  public func excerpt(
    _ account: String, speeds: ClosedRange<Timestamp>, known: [BeijingDay: DayRecord] = [:],
    ranges: (_ newest: BeijingDay?) -> [ClosedRange<BeijingDay>]
  ) throws(ArchiveFault) -> Excerpt {
    if let quick {
      return try quick.read { connection throws(ArchiveFault) -> Excerpt in
        try Self.excerpt(connection, account, speeds, known, ranges)
      }
    }
    return try read { database in
      guard let connection = database.sqliteConnection else { throw ArchiveFault.other("the archive is closed") }
      return try Self.excerpt(connection, account, speeds, known, ranges)
    }
  }

  private static func excerpt(
    _ connection: OpaquePointer, _ account: String, _ speeds: ClosedRange<Timestamp>, _ known: [BeijingDay: DayRecord],
    _ ranges: (BeijingDay?) -> [ClosedRange<BeijingDay>]
  ) throws(ArchiveFault) -> Excerpt {
    var excerpt = Excerpt()
    let extent = try QuickStatement(connection, "SELECT max(date), count(*) FROM day WHERE account = ?", account)
    if try extent.next() {
      excerpt.newestDay = extent.day(0)
      excerpt.dayCount = extent.number(1)
    }
    for range in ranges(excerpt.newestDay) {
      let rows = try QuickStatement(
        connection, "SELECT \(columnsAndBefore) FROM day WHERE account = ? AND date BETWEEN ? AND ? ORDER BY date",
        account)
      rows.bind(range.lowerBound.description, at: 2)
      rows.bind(range.upperBound.description, at: 3)
      while try rows.next() { excerpt.records.append(try record(rows, known)) }
    }
    let latest = try QuickStatement(
      connection, "SELECT \(spanColumns) FROM speed_span WHERE account = ? ORDER BY first_seen DESC LIMIT 1", account)
    if try latest.next() { excerpt.latestSpeed = span(latest) }
    let spans = try QuickStatement(
      connection,
      "SELECT \(spanColumns) FROM speed_span WHERE account = ? AND first_seen <= ? AND last_seen >= ? ORDER BY first_seen",
      account, speeds.upperBound.seconds, speeds.lowerBound.seconds)
    while try spans.next() { excerpt.speedSpans.append(span(spans)) }
    return excerpt
  }

  private static func record(
    _ row: borrowing QuickStatement, _ known: [BeijingDay: DayRecord]
  ) throws(ArchiveFault) -> DayRecord {
    let day = row.day(0)
    if let day, let record = known[day], record.revision == row.number(1), record.isFinal == (row.number(2) != 0),
      record.fetchedAt.seconds == row.number(3)
    {
      return record
    }
    guard let day, let messages = RowsText.decode(row.bytes(4)) else {
      let date = String(decoding: row.bytes(0), as: UTF8.self)
      throw .other("the kept day \(date.cleaned(limit: 10)) cannot be read")
    }
    var leftOut = RowsLeftOut()
    leftOut.otherDates = row.number(5)
    leftOut.duplicates = row.number(6)
    leftOut.unreadable = row.number(7)
    return DayRecord(
      messages: HourlyMessages(day: day, rows: messages), isFinal: row.number(2) != 0,
      fetchedAt: Timestamp(seconds: row.number(3)), revision: row.number(1), leftOut: leftOut,
      totalBefore: row.numberIfAny(8))
  }

  private static func span(_ row: borrowing QuickStatement) -> SpeedSpan {
    SpeedSpan(
      speed: MassSendSpeed(level: row.number(0), realspeed: row.number(1)), from: Timestamp(seconds: row.number(2)),
      to: Timestamp(seconds: row.number(3)))
  }
}
