import Foundation
import GRDB
import Testing
import WeixinModel

@testable import MessageArchive

@Suite("The archive as a file")
struct FileTests {
  /// Held by the suite: with a local one the compiler may end its life, and the folder's, before the test's end.
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `file, log and folder are closed to others`() async throws {
    let archive = try scratch.open()
    try await archive.save(record(someDay, [row(1, 1)]), account: "acme")
    #expect(try scratch.mode(of: scratch.folder + "/data") == 0o700)
    #expect(try scratch.files() == ["archive.sqlite", "archive.sqlite-shm", "archive.sqlite-wal"])
    for file in try scratch.files() { #expect(try scratch.mode(of: "\(scratch.folder)/data/\(file)") == 0o600) }
  }

  @Test(arguments: ["not a database", String(repeating: "x", count: 5_000)])
  func `a file that is no database is moved aside with its companions`(text: String) async throws {
    try FileManager.default.createDirectory(atPath: scratch.folder + "/data", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path))
    try Data("log".utf8).write(to: URL(fileURLWithPath: scratch.path + "-wal"))
    let opened = try MessageArchive.open(at: scratch.path)
    guard case .movedAside(let aside) = opened.fault else {
      Issue.record("fault is \(String(describing: opened.fault))")
      return
    }
    #expect(aside.contains(/archive\.sqlite\.unreadable-\d{8}-\d{6}$/))
    #expect(try Data(contentsOf: URL(fileURLWithPath: aside)) == Data(text.utf8))
    #expect(FileManager.default.fileExists(atPath: aside + "-wal"))
    try await opened.archive.save(record(someDay, [row(1, 1)]), account: "acme")
    #expect(try opened.archive.dayCount("acme") == 1)
  }

  @Test func `a database with a broken head is moved aside, twice in one second without loss`() async throws {
    for _ in 0..<2 {
      let archive = try scratch.open()
      try await archive.save(record(someDay, [row(1, 1)]), account: "acme")
      try archive.close()
      let file = try #require(FileHandle(forUpdatingAtPath: scratch.path))
      try file.seek(toOffset: 100)
      try file.write(contentsOf: Data(repeating: 0xEE, count: 400))
      try file.close()
    }
    #expect(try MessageArchive.open(at: scratch.path).fault != nil)
    #expect(try scratch.files().filter { $0.contains(/unreadable-\d+-\d+(-2)?$/) }.count == 2)
  }

  @Test func `a newer file is refused and not touched`() async throws {
    let archive = try scratch.open()
    try await archive.save(record(someDay, [row(1, 1)]), account: "acme")
    try archive.close()
    try scratch.sql("INSERT INTO grdb_migrations VALUES ('v9'); PRAGMA user_version = 9")
    let before = try Data(contentsOf: URL(fileURLWithPath: scratch.path))
    #expect(throws: ArchiveFault.newerVersion) { try MessageArchive.open(at: scratch.path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path)) == before)
    #expect(try MessageArchive.openOrInMemory(at: scratch.path).fault == .newerVersion)
  }

  @Test func `the database of another program is refused`() throws {
    try scratch.sql("CREATE TABLE bookmarks (url TEXT)")
    #expect(throws: ArchiveFault.other("the file is the database of another program")) {
      try MessageArchive.open(at: scratch.path)
    }
  }

  @Test func `where nothing can be written the archive lives in memory`() async throws {
    try Data("a file".utf8).write(to: URL(fileURLWithPath: scratch.folder + "/data"))
    #expect(throws: ArchiveFault.notWritable) { try MessageArchive.open(at: scratch.path) }
    #expect(throws: ArchiveFault.notWritable) { try MessageArchive.open(at: "/proc/wxtop/archive.sqlite") }
    #expect(throws: ArchiveFault.noFile) { try MessageArchive.open(at: scratch.folder) }
    let opened = try MessageArchive.openOrInMemory(at: scratch.path)
    #expect(opened.fault == .notWritable)
    #expect(opened.archive.isInMemory)
    try await opened.archive.save(record(someDay, [row(1, 1)]), account: "acme")
    #expect(try opened.archive.dayCount("acme") == 1)
  }

  @Test func `a folder in which nothing may be made`() throws {
    chmod(scratch.folder, 0o500)
    defer { chmod(scratch.folder, 0o700) }
    // Root may write where permissions forbid it, but not into what the kernel shows.
    let path = geteuid() == 0 ? "/sys/kernel/wxtop/archive.sqlite" : scratch.path
    #expect(throws: ArchiveFault.notWritable) { try MessageArchive.open(at: path) }
  }

  /// What is in the folder is read, and nothing can be kept. For a process of its own, as root may write where permissions forbid it.
  static func readOnly(_ path: String) async -> Int32 {
    if geteuid() == 0, setuid(65_534) != 0 { return 1 }
    guard let archive = try? MessageArchive.open(at: path).archive else { return 2 }
    guard (try? archive.excerpt("acme", .init { _ in [someDay...someDay] }).records.count) == 1 else { return 3 }
    guard (try? archive.records("acme", days: someDay...(someDay + 9)).count) == 1 else { return 4 }
    guard (try? MessageArchive.condition(at: path)) == .current else { return 5 }
    do throws(ArchiveFault) {
      try await archive.save(record(someDay + 1, [row(1, 1)]), account: "acme")
      return 6
    } catch {
      return error == .notWritable ? 0 : 7
    }
  }

  @Test(arguments: ["data", "50% of what? #1"])
  func `an archive in a folder where nothing can be made is read all the same`(name: String) async throws {
    let archive = try scratch.open()
    try await archive.save(record(someDay, [row(1, 1)]), account: "acme")
    try archive.close()
    let folder = scratch.folder + "/" + name
    if name != "data" { try FileManager.default.moveItem(atPath: scratch.folder + "/data", toPath: folder) }
    let path = folder + "/archive.sqlite"
    chmod(scratch.folder, 0o711)
    #expect(chmod(path, 0o444) == 0 && chmod(folder, 0o555) == 0)
    defer { chmod(folder, 0o700) }
    await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
      exit(await FileTests.readOnly(path))
    }
  }

  @Test func `a full disk is named, and what was kept stays readable`() async throws {
    let archive = try scratch.open()
    var generator = Seeded(state: 1)
    try await archive.save(randomRecord(someDay, &generator), account: "acme")
    try await archive.database.write { try $0.execute(sql: "PRAGMA max_page_count = 30") }
    var saved = 1
    var fault: ArchiveFault?
    while fault == nil, saved < 1_000 {
      do {
        try await archive.save(randomRecord(someDay + saved, &generator), account: "acme")
        saved += 1
      } catch {
        fault = error
      }
    }
    #expect(fault == .diskFull)
    #expect(try archive.records("acme", days: someDay...(someDay + 999)).count == saved)
    try await archive.database.write { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
    try await archive.save(randomRecord(someDay + saved, &generator), account: "acme")
    #expect(try archive.dayCount("acme") == saved + 1)
  }

  @Test func `a file that another program holds is busy, after two seconds and not for ever`() async throws {
    let archive = try scratch.open()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let rival = try DatabaseQueue(path: scratch.path, configuration: configuration)
    try await rival.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    await #expect(throws: ArchiveFault.busy) {
      try await archive.save(record(someDay, [row(1, 1)]), account: "acme")
    }
    #expect(try archive.dayCount("acme") == 0, "reading goes on")
    try await rival.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    try await archive.save(record(someDay, [row(1, 1)]), account: "acme")
  }

  @Test func `SQLite's results are sorted into faults`() {
    let table: [(ResultCode, ArchiveFault)] = [
      (.SQLITE_FULL, .diskFull), (.SQLITE_READONLY, .notWritable), (.SQLITE_CANTOPEN, .notWritable),
      (.SQLITE_BUSY, .busy), (.SQLITE_IOERR, .other("broken")), (.SQLITE_CORRUPT, .damaged), (.SQLITE_NOTADB, .damaged),
      (.SQLITE_ERROR, .other("broken")),
    ]
    for (code, fault) in table {
      #expect(ArchiveFault(DatabaseError(resultCode: code, message: "bro\u{7}ken".filter { $0 != "\u{7}" })) == fault)
    }
    let lacksTable = DatabaseError(resultCode: .SQLITE_ERROR, message: "no such table: day")
    #expect(ArchiveFault(lacksTable) == .damaged)
    #expect(ArchiveFault(errno: ENOSPC, doing: "write") == .diskFull)
    #expect(ArchiveFault(errno: EROFS, doing: "write") == .notWritable)
  }
}
