import WeixinModel

extension Fault {
  /// The kinds as they are written and what each does, for a help text.
  public static let explanations: [(form: String, meaning: String)] = [
    ("none", "nothing"),
    ("errcode=N", "Weixin's error N, with its own text"),
    ("http=N", "HTTP status N, with a gateway's page"),
    ("html", "a web page with status 200"),
    ("redirect", "a redirect to another path"),
    ("truncated", "JSON that ends in the middle"),
    ("empty", "no bytes"),
    ("garbage", "bytes that are no text"),
    ("slow", "a reply that drips for ever"),
    ("huge", "a reply of up to 64 MiB"),
    ("silent", "no answer"),
    ("reset", "a connection that is reset"),
    ("unpublished", "an empty list"),
    ("notready", "61503"),
    ("late=N", "61503 until N o'clock of the next day in Beijing"),
    ("revised=N", "other counts from N o'clock of the next day in Beijing"),
    ("strings", "every number as a string"),
    ("unknown-type", "rows of msg_type 5, 7 and 99 as well"),
    ("duplicates", "every row twice, with two counts"),
    ("foreign-dates", "rows of other days among the day's"),
    ("other-day", "only rows of another day"),
    ("bad-hours", "rows of ref_hour 2400, 950 and -100 as well"),
    ("negative", "amounts below zero"),
    ("enormous", "amounts that nothing can hold"),
    ("overflow", "counts that are each possible and together are not"),
    ("control", "an error text with escape and control characters"),
    ("echo", "an error text that repeats the call with its token or secret"),
    ("echo-page", "a web page that does so"),
    ("skew=N", "a Date header that is N seconds ahead"),
  ]

  /// The kinds as they are written.
  public static let forms = explanations.map(\.form)

  /// Reads `KIND[*TIMES][:ENDPOINT]`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let words = parts[0].split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, words.count <= 2, let kind = Kind(words[0]) else { return nil }
    self.init(kind)
    if words.count == 2 {
      guard let times = Int(digits: words[1]), times > 0 else { return nil }
      self.times = times
    }
    if parts.count == 2 {
      guard let endpoint = Simulator.Endpoint(rawValue: String(parts[1])) else { return nil }
      guard endpoint == .hourly || !kind.isOfRows else { return nil }
      self.endpoint = endpoint
    }
  }

  /// The form that ``init(_:)`` takes.
  public var description: String {
    kind.description + (times.map { "*\($0)" } ?? "") + (endpoint.map { ":" + $0.rawValue } ?? "")
  }
}

extension Fault.Kind: CustomStringConvertible {
  private static let plain: [String: Fault.Kind] = [
    "none": .none, "html": .html, "redirect": .redirect, "truncated": .truncated, "empty": .empty, "garbage": .garbage,
    "slow": .slow, "huge": .huge, "silent": .silent, "reset": .reset, "unpublished": .unpublished,
    "notready": .notReady, "strings": .strings, "unknown-type": .unknownType, "duplicates": .duplicates,
    "foreign-dates": .foreignDates, "bad-hours": .badHours, "negative": .negative, "enormous": .enormous,
    "control": .control, "overflow": .overflow, "other-day": .otherDay,
    "echo": .echo, "echo-page": .echoPage,
  ]

  init?(_ text: String) {
    if let kind = Self.plain[text] {
      self = kind
      return
    }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[1]) else { return nil }
    switch parts[0] {
    case "errcode" where number != 0: self = .errcode(number)
    case "http" where (200...599).contains(number): self = .http(number)
    case "late" where (0...1_000).contains(number): self = .late(hour: number)
    case "revised" where (0...1_000).contains(number): self = .revised(hour: number)
    case "skew" where (-100_000_000...100_000_000).contains(number): self = .skew(seconds: number)
    default: return nil
    }
  }

  /// The form that ``Fault/init(_:)`` takes, without times and endpoint.
  public var description: String {
    switch self {
    case .errcode(let code): "errcode=\(code)"
    case .http(let status): "http=\(status)"
    case .late(let hour): "late=\(hour)"
    case .revised(let hour): "revised=\(hour)"
    case .skew(let seconds): "skew=\(seconds)"
    default: Self.plain.first { $0.value == self }?.key ?? "none"
    }
  }
}
