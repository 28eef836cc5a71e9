import GRDB
import Glibc
import Synchronization
public import WeixinModel

/// An archive may be moved, replaced, made unreadable, or have no room, while a process uses it for years.
extension MessageArchive {
  /// What is wrong with the archive at the moment, as far as that is known without using it.
  public var fault: ArchiveFault? {
    if let fault = place.withLock({ $0.lost ?? $0.said }) { return fault }
    if watches.withLock(\.isUnlocked) { return .noLock }
    return place.withLock(\.isOpenToOthers) ? .openToOthers : nil
  }

  /// Whether the archive, its companions and its locks are the user's and closed to others, so that a token may be kept there. What
  /// is the user's own is closed first.
  var keepsSecrets: Bool {
    guard let path else { return true }
    return place.withLock { place in
      guard place.file != nil else { return true }
      place.isOpenToOthers = ArchiveFile(path: path).isOpenToOthers(mends: true)
      return !place.isOpenToOthers
    }
  }

  /// What people should know and was not handed out before.
  public func takeNews() -> [ArchiveNews] {
    place.withLock { place in
      defer { place.news = [] }
      return place.news
    }
  }

  /// Looks whether the file at the path is still the one that is open, and opens what stands there if it is not, or if the archive
  /// could not be opened before. Each write looks first; who rarely writes should every half a minute.
  public func look() {
    guard let path else { return }
    place.withLock { place in
      guard let file = place.file else { return leaveMemory(&place, path) }
      do throws(ArchiveFault) {
        // Who overwrites a file in its place removes at least the log, or the log mends it.
        let log = FileIdentity.existing(path + "-wal")
        let isSame = FileIdentity.existing(path) == file && (place.log == nil || place.log == log)
        place.log = place.log ?? log
        if isSame, access(path, R_OK) != 0 { throw .notReadable }
        if isSame, !place.isFrozen {
          if place.lost != nil { place.news.append(.restored) }
          place.lost = nil
          if mayTry(&place) { place.isOpenToOthers = ArchiveFile(path: path).isOpenToOthers(mends: true) }
          return
        }
        // Whoever removes a file may be about to put another in its place, but what is seen meanwhile must go somewhere.
        guard isSame || place.lost == nil || mayTry(&place) else { return }
        if isSame, !mayTry(&place) { return }
        guard var next = try Place.open(ArchiveFile(path: path), makesFile: makesFile) else {
          throw .other("there is no such file")
        }
        next.news = place.news
        if !isSame { next.news.append(.replaced) }
        if let said = next.said { next.news.append(.fault(said)) }
        place = next
      } catch {
        if place.lost != error { place.news.append(.fault(error)) }
        place.lost = error
      }
    }
  }

  private func leaveMemory(_ place: inout Place, _ path: String) {
    guard mayTry(&place) else { return }
    do throws(ArchiveFault) {
      guard var next = try Place.open(ArchiveFile(path: path), makesFile: makesFile) else { return }
      do {
        try Self.carry(from: place.reader, to: path)
      } catch {
        throw ArchiveFault(error)
      }
      next.news = place.news + [.restored]
      if let said = next.said { next.news.append(.fault(said)) }
      place = next
    } catch {
      if place.said != error { place.news.append(.fault(error)) }
      place.said = error
    }
  }

  /// To open a file costs more than to look at it.
  private func mayTry(_ place: inout Place) -> Bool {
    guard ContinuousClock.now - place.triedAt >= Self.pause else { return false }
    place.triedAt = .now
    return true
  }

  private static let pause = Duration.seconds(20)

  /// Lets the next look try at once, for tests.
  func tryNow() { place.withLock { $0.triedAt = .now - Self.pause } }

  /// Brings what was kept in memory into the file, where that does not know better.
  private static func carry(from memory: DatabaseQueue, to path: String) throws {
    var kept: [(table: String, rows: [Row])] = []
    try memory.read { database in
      for table in ["day", "day_revision", "speed_span", "quota", "alert", "token_call"] {
        kept.append((table, try Row.fetchAll(database, sql: "SELECT * FROM \(table)")))
      }
      kept.append(("call", try Row.fetchAll(database, sql: "SELECT account, endpoint, date, count FROM call")))
    }
    guard kept.contains(where: { !$0.rows.isEmpty }) else { return }
    let queue = try queueForWriting(path)
    try queue.write { database in
      for (table, rows) in kept {
        for row in rows {
          let names = row.columnNames.joined(separator: ", ")
          let marks = row.columnNames.map { _ in "?" }.joined(separator: ", ")
          let conflict = table == "call" ? " ON CONFLICT DO UPDATE SET count = count + excluded.count" : ""
          try database.execute(
            sql: "INSERT \(table == "call" ? "" : "OR IGNORE ")INTO \(table) (\(names)) VALUES (\(marks))\(conflict)",
            arguments: StatementArguments(Array(row.databaseValues)))
        }
      }
    }
    try queue.close()
  }
}

extension MessageArchive {
  /// The moment after which everything that is kept was kept by a clock that was wrong.
  var horizon: Int { (now() + Self.tolerance).seconds }

  /// Clocks of processes and machines differ by so many seconds without harm.
  public static let tolerance = 60
}
