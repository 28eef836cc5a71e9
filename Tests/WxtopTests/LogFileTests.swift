import Glibc
import Logging
import Testing
import WeixinModel

@testable import wxtop

/// The log as people and grep read it.
struct LogFileTests {
  private func lines(_ place: Place, _ name: String = "log") -> [Substring] {
    place.text(of: name).split(separator: "\n")
  }

  @Test func `a refused call is one line of fields and words`() throws {
    let place = try Place()
    let fault = WeixinFault(
      endpoint: .token, code: 40_164, message: "invalid ip 203.0.113.7", rid: "5fa26c60-1a0ebdd5-32fd1cd0",
      address: "203.0.113.7")
    let logger = LogFile.logger(path: place.file("log")).about(Account(name: "club"))
    logger.notice("\(LogWords.failure(.speed, nil, .weixin(fault)))")
    #expect(
      lines(place).first?.hasSuffix(
        " notice account=club call=token code=40164 ip=203.0.113.7 rid=5fa26c60-1a0ebdd5-32fd1cd0 not whitelisted")
        == true)
  }

  @Test func `no failure is told as Swift would print it`() {
    let day = BeijingDay.firstKept
    let faults = WeixinFault.knownCodes.map {
      APIError.weixin(WeixinFault(endpoint: .hourly, code: $0.code, message: "m"))
    }
    let others: [APIError] = [
      .timedOut(seconds: 20), .unreachable(host: "h", cause: "refused"), .tls(host: "h", cause: "expired"), .empty,
      .noToken(cause: "no such file"), .misconfigured(cause: "x"), .emptyDay, .offline, .notJSON(start: "<html>"),
    ]
    for error in faults + others {
      let line = LogWords.failure(.hourly, day, error)
      #expect(line.hasPrefix("call=hourly day=2014-12-01 "))
      #expect(!line.contains("(") && !line.contains("WeixinFault") && !line.contains("Optional"), "\(line)")
    }
  }

  @Test func `text from outside makes no second line, no second field and no control character`() throws {
    let place = try Place()
    let logger = LogFile.logger(path: place.file("log")).about(Account(name: "a b\" code=1\n\u{1B}[31m"))
    logger.notice("x\r\ny\u{7}\u{202E}")
    #expect(lines(place).count == 1)
    let line = try #require(lines(place).first)
    #expect(line.contains(#" account="a b\" code=1 [31m" x y"#))
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  @Test func `two processes that rotate one log lose no line`() throws {
    let place = try Place()
    // Each has a descriptor of its own, as two processes have.
    let loggers = (0..<2).map { _ in LogFile.logger(path: place.file("log")) }
    let filling = String(repeating: "x", count: 400)
    let count = 3_600
    for number in 0..<count { loggers[number % 2].notice("number=\(number). \(filling)") }
    let kept = lines(place, "log.1") + lines(place)
    #expect(kept.count == count)
    #expect(lines(place, "log.1").count > 2_000)
    for number in [0, 1, count / 2, count - 1] {
      #expect(kept.count { $0.contains("number=\(number). ") } == 1)
    }
  }

  @Test func `a log that was put aside or removed is begun anew with the next line`() throws {
    let place = try Place()
    let logger = LogFile.logger(path: place.file("log"))
    logger.notice("one")
    #expect(rename(place.file("log"), place.file("old")) == 0)
    logger.notice("two")
    #expect(lines(place).count == 1 && lines(place, "old").count == 1)
    #expect(unlink(place.file("log")) == 0)
    logger.notice("three")
    #expect(lines(place).first?.hasSuffix("three") == true)
  }

  @Test func `the log is closed to others`() throws {
    let place = try Place()
    LogFile.logger(path: place.file("new/folder/log")).notice("x")
    var (file, folder) = (stat(), stat())
    #expect(stat(place.file("new/folder/log"), &file) == 0 && stat(place.file("new/folder"), &folder) == 0)
    #expect(file.st_mode & 0o077 == 0 && folder.st_mode & 0o077 == 0)
  }

  @Test func `the demo writes no log`() async throws {
    let place = try Place()
    let run = await Wxtop.call("--demo", "--once", "--view", "accounts", in: place)
    #expect(run.status == 0)
    #expect(try place.files(in: "state").isEmpty)
  }
}
