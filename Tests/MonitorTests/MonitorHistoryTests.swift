import MessageArchive
import Testing
import WeixinModel

@testable import Monitor

/// All kept days reach the status, whenever and by whom they were put into the archive.
@Suite struct MonitorHistoryTests {
  private func record(_ day: BeijingDay, fetchedAt: Timestamp) -> DayRecord {
    let rows = [HourlyRow(hour: 9, type: .text, users: 1, count: 7)]
    return DayRecord(messages: HourlyMessages(day: day, rows: rows), isFinal: true, fetchedAt: fetchedAt)
  }

  @Test func `days added meanwhile are found, though fetched long ago`() async throws {
    let archive = try MessageArchive.inMemory()
    let day = BeijingDay(ordinal: 20_000)
    let now = (day + 2).start(ofHour: 9)
    _ = try await archive.save(record(day, fetchedAt: now), account: "acme")
    let monitor = AccountMonitor(
      account: Account(name: "acme"), archiveKey: "acme", api: ScriptedAPI(time: FakeTime(start: now)),
      archive: archive,
      clock: MonitorClock(
        now: { now }, monotonic: { .zero }, sleep: { _ in try await Task.sleep(for: .seconds(3_600)) }),
      settings: MonitorSettings(isOffline: true))
    let running = Task { await monitor.run() }
    defer { running.cancel() }
    var statuses = await monitor.statuses().makeAsyncIterator()
    while let status = await statuses.next(), !status.history.isWhole {}
    for back in 1...300 {
      _ = try await archive.save(record(day - back, fetchedAt: (day - back + 1).start), account: "acme")
    }
    await monitor.reload()
    var count = 0
    while count < 301, let status = await statuses.next() { count = status.history.count }
    #expect(count == 301)
  }
}
