import Foundation
import GRDB
import MessageArchive
import WeixinModel

/// A folder of one test, gone with it.
final class Scratch: Sendable {
  let folder: String
  var path: String { folder + "/data/archive.sqlite" }

  init() throws {
    folder = NSTemporaryDirectory() + "wxtop-archive-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// On a clock that is ahead of all that tests keep.
  func open() throws -> MessageArchive {
    try MessageArchive.open(at: path, now: { Timestamp(seconds: 5_000_000_000) }).archive
  }

  func mode(of path: String) throws -> Int {
    (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? -1
  }

  func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder + "/data").sorted() }

  /// Runs SQL as any SQLite program would.
  func sql(_ sql: String) throws {
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }
}

/// A generator with a seed (SplitMix64), so that a failing round can be repeated.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

let someDay = BeijingDay(ordinal: 20_685)

func record(
  _ day: BeijingDay = someDay, _ rows: [HourlyRow], final: Bool = false, at seconds: Int = 0
) -> DayRecord {
  DayRecord(
    messages: HourlyMessages(day: day, rows: rows), isFinal: final,
    fetchedAt: Publication.opens(day) + seconds)
}

func row(_ hour: Int, _ count: Int, type: MessageType = .text) -> HourlyRow {
  HourlyRow(hour: hour, type: type, users: count / 2, count: count)
}

func randomRecord(_ day: BeijingDay, _ generator: inout Seeded) -> DayRecord {
  var rows: [HourlyRow] = []
  for hour in 0..<24 {
    for type in [1, 2, 3, 4, 6, 99, -7] where Int.random(in: 0..<3, using: &generator) > 0 {
      rows.append(
        HourlyRow(
          hour: hour, type: MessageType(type), users: Int.random(in: 0...99_999, using: &generator),
          count: Int.random(in: 0...HourlyMessages.mostMessages, using: &generator)))
    }
  }
  var leftOut = RowsLeftOut()
  leftOut.otherDates = Int.random(in: 0...5, using: &generator)
  leftOut.duplicates = Int.random(in: 0...5, using: &generator)
  leftOut.unreadable = Int.random(in: 0...5, using: &generator)
  return DayRecord(
    messages: HourlyMessages(day: day, rows: rows), isFinal: Bool.random(using: &generator),
    fetchedAt: Timestamp(seconds: Int.random(in: 0...4_000_000_000, using: &generator)), leftOut: leftOut)
}
