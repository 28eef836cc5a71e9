import Foundation
import Testing
import WeixinModel

@testable import MessageArchive

/// An archive that is moved, replaced, closed to its user or cannot be opened while a process uses it.
@Suite struct LookingTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func speed(_ level: Int) -> MassSendSpeed { MassSendSpeed(level: level, realspeed: 80) }

  private func sample(_ archive: MessageArchive, _ level: Int, at second: Int) async throws {
    try await archive.saveSpeed(speed(level), at: Timestamp(seconds: second), account: "acme", maxGap: 300)
  }

  private func move(_ from: String, _ to: String) throws {
    for end in ["", "-wal", "-shm", "-lock"] where FileManager.default.fileExists(atPath: from + end) {
      try FileManager.default.moveItem(atPath: from + end, toPath: to + end)
    }
  }

  @Test func `what is saved after an archive was moved goes to the path, and that is said once`() async throws {
    let archive = try scratch.open()
    try await sample(archive, 1, at: 1_000)
    try move(scratch.path, scratch.folder + "/old")
    try await sample(archive, 2, at: 1_100)
    #expect(archive.takeNews() == [.replaced])
    #expect(archive.takeNews().isEmpty)
    #expect(archive.fault == nil)
    #expect(try scratch.open().latestSpeed("acme")?.speed == speed(2))
  }

  @Test func `an archive that was replaced is read anew`() async throws {
    let archive = try scratch.open()
    try await sample(archive, 1, at: 1_000)
    try move(scratch.path, scratch.folder + "/old")
    let other = try scratch.open()
    try await sample(other, 5, at: 900)
    archive.look()
    #expect(archive.takeNews() == [.replaced])
    #expect(try archive.latestSpeed("acme")?.speed == speed(5))
  }

  @Test func `an archive that was overwritten in its place is moved aside and begun anew`() async throws {
    let archive = try scratch.open()
    try await sample(archive, 1, at: 1_000)
    archive.look()
    let file = try #require(FileHandle(forWritingAtPath: scratch.path))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 8_192))
    try file.close()
    for end in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: scratch.path + end) }
    try await sample(archive, 2, at: 1_100)
    let news = archive.takeNews()
    #expect(news.first == .replaced)
    guard case .fault(.movedAside)? = news.last else {
      Issue.record("\(news)")
      return
    }
    #expect(try scratch.open().latestSpeed("acme")?.speed == speed(2))
  }

  @Test func `a lock whose file was moved is no lock, and whoever comes first takes the new one`() async throws {
    let archive = try scratch.open()
    try await sample(archive, 1, at: 1_000)
    #expect(archive.startWatching("acme"))
    #expect(archive.isWatching("acme"))
    try move(scratch.path, scratch.folder + "/old")
    let other = try scratch.open()
    #expect(other.startWatching("acme"))
    #expect(!archive.isWatching("acme"))
    #expect(!archive.startWatching("acme"))
    other.stopWatching("acme")
    #expect(archive.startWatching("acme"))
  }

  @Test func `what was kept in memory goes into the file as soon as there is one`() async throws {
    try Data("a file where a folder is wanted".utf8).write(to: URL(fileURLWithPath: scratch.folder + "/data"))
    let opened = try MessageArchive.openOrInMemory(at: scratch.path, now: { Timestamp(seconds: 5_000_000_000) })
    let archive = opened.archive
    #expect(archive.isInMemory && archive.fault == .notWritable)
    try await archive.save(record(someDay, [row(9, 7)]), account: "acme")
    try await sample(archive, 4, at: 1_000)
    try await archive.countCall("acme", endpoint: .speed, on: someDay)
    try FileManager.default.removeItem(atPath: scratch.folder + "/data")
    let file = try scratch.open()
    try await file.countCall("acme", endpoint: .speed, on: someDay)
    archive.tryNow()
    archive.look()
    #expect(archive.takeNews() == [.restored])
    #expect(!archive.isInMemory && archive.fault == nil)
    #expect(try file.record("acme", day: someDay)?.messages.total == 7)
    #expect(try file.latestSpeed("acme")?.speed == speed(4))
    #expect(try file.calls("acme", on: someDay) == [.speed: 2])
  }

  @Test func `a process whose archive is in memory leaves an account to the one that has the lock`() throws {
    let file = try scratch.open()
    #expect(file.startWatching("acme"))
    let memory = MessageArchive(try Place.inMemory(), path: scratch.path, now: MessageArchive.systemTime)
    #expect(!memory.startWatching("acme"))
    file.stopWatching("acme")
    #expect(memory.startWatching("acme"))
  }

  @Test func `nothing is made where only reading is wanted`() throws {
    let opened = try MessageArchive.openOrInMemory(at: scratch.path, makesFile: false)
    #expect(opened.fault == nil && opened.archive.isInMemory)
    #expect(try opened.archive.dayCount("acme") == 0)
    #expect(!FileManager.default.fileExists(atPath: scratch.folder + "/data"))
  }

  @Test func `a token is kept only in files that are the user's and closed to others`() async throws {
    let archive = try scratch.open()
    let token = KeptToken(value: "secret-token", freshUntil: 9, boot: "b")
    try await sample(archive, 1, at: 1_000)
    #expect(archive.startWatching("acme"))
    for file in ["", "-wal", "-shm", "-lock"] { #expect(chmod(scratch.path + file, 0o644) == 0) }
    try await archive.saveToken(token, "acme", source: "stable")
    for file in ["", "-wal", "-shm", "-lock"] { #expect(try scratch.mode(of: scratch.path + file) == 0o600) }
    #expect(try archive.token("acme", source: "stable") == token)
    // What is no file of the user's own, as a link to anywhere.
    try FileManager.default.removeItem(atPath: scratch.path + "-lock")
    #expect(symlink("/dev/null", scratch.path + "-lock") == 0)
    await #expect(throws: ArchiveFault.openToOthers) { try await archive.saveToken(token, "acme", source: "stable") }
    #expect(try archive.token("acme", source: "stable") == nil)
    #expect(archive.fault == .openToOthers || archive.fault == .noLock)
  }

  @Test func `a lock that is another's is said, and processes of one user keep apart all the same`() throws {
    let (one, other) = (try scratch.open(), try scratch.open())
    #expect(symlink("/nowhere/at/all", scratch.path + "-lock") == 0)
    #expect(one.startWatching("acme"))
    #expect(one.fault == .noLock)
    #expect(one.takeNews() == [.fault(.noLock)])
    #expect(!other.startWatching("acme"))
    #expect(MessageArchive.faults(at: scratch.path).contains(.noLock))
  }

  @Test func `who watches without a lock takes it as soon as there is one to take`() throws {
    let (one, other) = (try scratch.open(), try scratch.open())
    #expect(symlink("/nowhere/at/all", scratch.path + "-lock") == 0)
    #expect(one.startWatching("acme") && one.isWatching("acme"))
    try FileManager.default.removeItem(atPath: scratch.path + "-lock")
    #expect(!one.isWatching("acme"), "others can see its lock from now on, and it has none")
    #expect(one.startWatching("acme") && one.fault == nil)
    #expect(!other.startWatching("acme"))
  }

  @Test func `a folder that was taken away is made again with its lock, so that one process watches`() throws {
    let one = try scratch.open()
    #expect(one.startWatching("acme"))
    try FileManager.default.removeItem(atPath: (scratch.path as NSString).deletingLastPathComponent)
    #expect(!one.isWatching("acme"))
    #expect(one.startWatching("acme") && one.fault != .noLock)
    one.look()
    let other = try scratch.open()
    #expect(!other.startWatching("acme"))
    #expect(one.isWatching("acme"))
  }

  @Test func `who waits in vain for a lock is told that it is not alone`() async throws {
    let (one, other) = (try scratch.open(), try scratch.open())
    let isAlone = try await one.alone("token") { first in
      try await other.alone("token", atMost: .zero) { [first, $0] }
    }
    #expect(isAlone == [true, false])
  }
}
