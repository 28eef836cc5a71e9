import Testing
import WeixinModel

@testable import wxtop

/// The counts of calls behind `wxtop_api_…`.
@Suite
struct CallTallyTests {
  @Test func `each call is in one bucket, and the sums are theirs`() throws {
    let tally = CallTally()
    for milliseconds in [1, 25, 26, 9_999, 10_000, 10_001, 60_000] {
      tally.note(.speed, .milliseconds(milliseconds), nil)
    }
    let calls = try #require(tally.calls[.speed])
    #expect(calls.buckets == [2, 1, 0, 0, 0, 0, 0, 0, 2, 2])
    #expect(calls.count == 7 && calls.errors.isEmpty)
    #expect(calls.duration == .milliseconds(90_052))
    #expect(tally.calls[.hourly] == nil)
  }

  @Test func `a server that invents codes fills no memory`() throws {
    let tally = CallTally()
    for code in 0..<1_000 {
      tally.note(.hourly, .zero, .weixin(WeixinFault(endpoint: .hourly, code: code, message: "")))
    }
    let errors = try #require(tally.calls[.hourly]).errors
    #expect(errors.count == 51)
    #expect(errors["other"] == 950)
    #expect(errors.values.reduce(0, +) == 1_000)
  }

  @Test func `what no call brings is a word that may stand in a label`() {
    let errors: [APIError] = [
      .http(status: 502), .redirected(status: 302), .timedOut(seconds: 10), .unreachable(host: "h", cause: "c"),
      .tls(host: "h", cause: "c"), .tooLarge(limit: 1), .empty, .notJSON(start: "<s3cret>"), .truncated,
      .unexpected(key: "k"), .absurdTotal, .noToken(cause: "c"), .tokenSource(cause: "c"), .misconfigured(cause: "c"),
    ]
    for error in errors { #expect(error.metricCode.wholeMatch(of: /[a-z_]+(_[0-9]{3})?/) != nil) }
    #expect(Set(errors.map(\.metricCode)).count == errors.count)
  }

  @Test(arguments: [("a\"b", #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#), ("艾克美 {}", "艾克美 {}")])
  func `labels are escaped`(value: String, escaped: String) {
    #expect(MetricLabels(("account", value), ("x", "")).text == "{account=\"\(escaped)\",x=\"\"}")
  }
}
