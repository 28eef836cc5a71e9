import Dashboard
import FoundationEssentials
import Testing
import WeixinModel

@testable import WeixinAPI
@testable import WeixinSimulator

/// What comes over the network.
@Suite struct ReplyFuzzTests {
  private static let secret = "S3cretS3cretS3cret0123456789abcd"
  private static let day = BeijingDay(ordinal: 20_685)

  private static func corpus(_ beginning: String...) throws -> [[UInt8]] {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    let fixtures = "\(folder)/WeixinAPITests/Fixtures"
    let names = try FileManager.default.contentsOfDirectory(atPath: fixtures).sorted()
    let kept = names.filter { name in name.hasSuffix(".json") && beginning.contains { name.hasPrefix($0) } }
    return try kept.map { Array(try Data(contentsOf: URL(filePath: "\(fixtures)/\($0)"))) }
  }

  private static let tokens = [
    secret, "access_token=", "\"secret\": \"", "errcode", "errmsg", "\"errcode\":0,", "\"errcode\":\"40001\",",
    "{\"list\":[", "\"ref_date\":\"\(day)\"", "\"msg_count\":1000000000000", "\"ref_hour\":2300", "rid: 1-2-3",
    "2001:db8::1", "999.1.1.1",
  ].map { Array($0.utf8) }

  private static func decode<Body: ReplyBody>(
    _ type: Body.Type, _ bytes: [UInt8], _ generator: inout SplitMix
  ) throws -> Body? {
    let statuses = [200, 200, 200, 200, 200, 302, 404, 500, 503, 0, -1]
    let status = statuses[generator.number(in: 0...(statuses.count - 1))]
    let envelope = Envelope(endpoint: .hourly, redaction: Redaction(of: [Secret(secret)]))
    do {
      return try envelope.decode(type, from: HTTPReply(status: status, body: bytes))
    } catch let error as APIError {
      try check(error)
      return nil
    }
  }

  private static func check(_ error: APIError) throws {
    for language in Language.allCases {
      let words = Explanation(error, language)
      for text in [words.headline, words.what, words.remedy, words.address ?? ""] {
        try requireShowable(text, "the sentence of \(error)")
        try require(!text.utf8.contains(Array(secret.utf8)), "the secret stands in a sentence: \(text)")
      }
    }
    let line = LogWords.failure(.hourly, day, error)
    try requireShowable(line, "the log's line")
    try require(!line.utf8.contains(Array(secret.utf8)), "the secret stands in the log: \(line)")
  }

  private static func isAmount(_ number: Int) -> Bool { (0...HourlyMessages.mostMessages).contains(number) }

  @Test func `replies with hours are numbers in range or an error that can be shown`() async throws {
    let fuzz = Fuzz("hourly replies", corpus: try Self.corpus("upstreammsghour", "err_"), tokens: Self.tokens)
    try await fuzz.run { bytes, generator in
      guard let body = try Self.decode(HourlyBody.self, bytes, &generator) else { return }
      do {
        let messages = try body.reply(for: Self.day).messages
        try require(Self.isAmount(messages.total), "a total of \(messages.total)")
        for row in messages.rows {
          let isInRange = (0...23).contains(row.hour) && Self.isAmount(row.count) && Self.isAmount(row.users)
          try require(isInRange && Self.isAmount(row.type.number), "a row \(row)")
        }
      } catch let error as APIError {
        try Self.check(error)
      }
    }
  }

  @Test func `replies with a token, a speed or a quota are numbers in range or an error that can be shown`()
    async throws
  {
    let corpus =
      try Self.corpus("speed", "stable", "token", "err_") + [
        Array(#"{"quota":{"daily_limit":1000,"used":3,"remain":997}}"#.utf8)
      ]
    try await Fuzz("small replies", corpus: corpus, tokens: Self.tokens).run { bytes, generator in
      if let body = try Self.decode(SpeedBody.self, bytes, &generator) {
        try require(Self.isAmount(body.speed.level) && Self.isAmount(body.speed.realspeed), "\(body.speed)")
      }
      if let body = try Self.decode(TokenBody.self, bytes, &generator) {
        try require(!body.token.revealed.isEmpty && Self.isAmount(body.expiresIn), "\(body.expiresIn)")
      }
      if let quota = try Self.decode(QuotaBody.self, bytes, &generator)?.quota {
        try require([quota.limit, quota.used, quota.remaining].allSatisfy(Self.isAmount), "\(quota)")
      }
    }
  }

  @Test func `dates of headers are moments or nothing`() async throws {
    let corpus = ["Sun, 06 Nov 1994 08:49:37 GMT", "Tue, 29 Feb 2000 23:59:60 GMT", "Mon, 01 Jan 0001 00:00:00 GMT"]
    try await Fuzz("dates of headers", corpus, tokens: ["9999", "0000", "Feb", "31", "99"]).runText { text, _ in
      guard let seconds = HTTPDate.seconds(text) else { return }
      try require((-62_135_596_800...253_402_300_800).contains(seconds), "\(seconds) s")
    }
  }

  @Test func `addresses of servers and proxies are callable or refused in words without a password`() async throws {
    let corpus = [
      "https://api.weixin.qq.com", "http://127.0.0.1:8080/", "http://[::1]:80", "http://localhost",
      "http://api.weixin.qq.com",
      "https://user:\(Self.secret)@example.com:443/x?y#z", "socks5h://user:\(Self.secret)@proxy:1080",
      "https://例子.中国:65536", "https://[fe80::1%25eth0]:1", "proxy.example:3128",
    ]
    let tokens = ["https://", "http://", "@", "[::1]", "127.0.0.1", ":65535", ":-1", "%", "%00", "?", "#", "xn--"]
    try await Fuzz("addresses", corpus, tokens: tokens).runText { text, _ in
      do {
        let address = try ServerAddress(text).text
        try requireShowable(address, "a callable address")
        _ = try? ProxyChoice(environment: ["https_proxy": text, "no_proxy": text], setting: text)
          .proxy(for: CurlTarget(address))
      } catch let error as APIError {
        for language in Language.allCases {
          try requireShowable(Explanation(error, language).paragraph(did: ""), "the refusal")
        }
      }
      do throws(APIError) {
        _ = try Proxy(text, exceptions: text)
      } catch {
        for language in Language.allCases {
          let words = Explanation(error, language).paragraph(did: "")
          try requireShowable(words, "the proxy's refusal")
          try require(!words.utf8.contains(Array(Self.secret.utf8)), "a password stands in \(words)")
        }
      }
    }
  }
}

extension Sequence<UInt8> {
  /// Whether some bytes stand in these.
  func contains(_ other: [UInt8]) -> Bool {
    let bytes = Array(self)
    guard bytes.count >= other.count, let first = other.first else { return other.isEmpty }
    return (0...(bytes.count - other.count)).contains {
      bytes[$0] == first && bytes[$0..<($0 + other.count)].elementsEqual(other)
    }
  }
}
