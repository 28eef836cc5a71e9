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
    /// The kept days of the stretch that was asked for, and whether they are final.
    public var kept: [BeijingDay: Bool] = [:]
    /// The kept days of the ranges that were asked for.
    public var records: [DayRecord] = []
    /// The newest span; nil when no speed was ever seen.
    public var latestSpeed: SpeedSpan?
    /// The spans that touch the stretch that was asked for, oldest first.
    public var speedSpans: [SpeedSpan] = []
  }

  /// What of an account is wanted.
  public struct Wanted {
    /// The stretch of time of which the speeds are wanted; nil for the newest one only.
    public var speeds: ClosedRange<Timestamp>?
    /// The days of which it is wanted whether they are kept, and final; nil for none.
    public var kept: ClosedRange<BeijingDay>?
    /// Days that were read before. One that has not changed is taken from there, which saves most of the work.
    public var known: [BeijingDay: DayRecord]
    /// Which days are wanted, by what is known of them so far.
    public var days: (Excerpt) -> [ClosedRange<BeijingDay>]

    /// What is wanted.
    public init(
      speeds: ClosedRange<Timestamp>? = nil, kept: ClosedRange<BeijingDay>? = nil, known: [BeijingDay: DayRecord] = [:],
      days: @escaping (Excerpt) -> [ClosedRange<BeijingDay>]
    ) {
      self.speeds = speeds
      self.kept = kept
      self.known = known
      self.days = days
    }
  }

  /// Reads what a screen needs of an account, by its key, all of one moment.
  /// - Throws: Why it cannot be read.
  public func excerpt(_ account: String, _ wanted: Wanted) throws(ArchiveFault) -> Excerpt {
    if let quick {
      return try quick.read { connection throws(ArchiveFault) -> Excerpt in
        try Self.excerpt(connection, account, wanted)
      }
    }
    return try read { database in
      guard let pointer = database.sqliteConnection else { throw ArchiveFault.other("the archive is closed") }
      return try Self.excerpt(QuickConnection(borrowing: pointer), account, wanted)
    }
  }

  private static func excerpt(
    _ connection: QuickConnection, _ account: String, _ wanted: Wanted
  ) throws(ArchiveFault) -> Excerpt {
    var excerpt = Excerpt()
    let extent = try QuickStatement(connection, "SELECT max(date), count(*) FROM day WHERE account = ?", account)
    if try extent.next() {
      excerpt.newestDay = extent.day(0)
      excerpt.dayCount = extent.number(1)
    }
    if let kept = wanted.kept {
      let rows = try QuickStatement(
        connection, "SELECT date, final FROM day WHERE account = ? AND date BETWEEN ? AND ?", account)
      rows.bind(kept)
      while try rows.next() {
        if let day = rows.day(0) { excerpt.kept[day] = rows.number(1) != 0 }
      }
    }
    let rows = try QuickStatement(
      connection,
      "SELECT \(columns) FROM day WHERE account = ? AND date BETWEEN ? AND ? ORDER BY date", account)
    for range in wanted.days(excerpt) {
      rows.bind(range)
      while try rows.next() {
        var record = try record(rows, wanted.known)
        if record.revision > 1, record.totalBefore == nil {
          record.totalBefore = try total(connection, account, record.messages.day, revision: record.revision - 1)
        }
        excerpt.records.append(record)
      }
      rows.reset()
    }
    let latest = try QuickStatement(
      connection, "SELECT \(spanColumns) FROM speed_span WHERE account = ? ORDER BY first_seen DESC LIMIT 1", account)
    if try latest.next() { excerpt.latestSpeed = span(latest) }
    guard let speeds = wanted.speeds else { return excerpt }
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
      fetchedAt: Timestamp(seconds: row.number(3)), revision: row.number(1), leftOut: leftOut)
  }

  /// The total that a day had at an earlier revision, which few days have had: a part of the statement for all of them would be
  /// prepared at each start.
  private static func total(
    _ connection: QuickConnection, _ account: String, _ day: BeijingDay, revision: Int
  ) throws(ArchiveFault) -> Int? {
    let row = try QuickStatement(
      connection, "SELECT total FROM day_revision WHERE account = ? AND revision = ? AND date = ?", account, revision)
    row.bind(day.description, at: 3)
    return try row.firstNumber()
  }

  private static func span(_ row: borrowing QuickStatement) -> SpeedSpan {
    SpeedSpan(
      speed: MassSendSpeed(level: row.number(0), realspeed: row.number(1)), from: Timestamp(seconds: row.number(2)),
      to: Timestamp(seconds: row.number(3)))
  }
}

extension QuickStatement {
  /// Gives the second and third parameter the first and last day of a range.
  fileprivate func bind(_ days: ClosedRange<BeijingDay>) {
    bind(days.lowerBound.description, at: 2)
    bind(days.upperBound.description, at: 3)
  }
}
