import WeixinModel

/// The expected keys of a successful reply. A missing or unusable one throws `APIError.unexpected`.
protocol ReplyBody: Decodable, Sendable {
  /// A key that every such reply has, named when the reply is no object at all.
  static var mainKey: String { get }
}

/// `{"access_token":…,"expires_in":…}` of stable_token; `expires_in` is the remaining life in seconds.
struct TokenBody: ReplyBody {
  static let mainKey = "access_token"
  let token: Secret
  let expiresIn: Int

  enum CodingKeys: String, CodingKey {
    case token = "access_token"
    case life = "expires_in"
  }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    guard let text = try? keys.decode(String.self, forKey: .token), !text.isEmpty else {
      throw APIError.unexpected(key: "access_token")
    }
    token = Secret(text)
    expiresIn = try keys.amount(.life)
  }
}

/// `{"quota":{"daily_limit":…,"used":…,"remain":…}}` of quota/get.
struct QuotaBody: ReplyBody {
  static let mainKey = "quota"
  let quota: CallQuota

  enum CodingKeys: String, CodingKey {
    case quota
  }

  enum QuotaKeys: String, CodingKey {
    case limit = "daily_limit"
    case used
    case remaining = "remain"
  }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    guard let numbers = try? keys.nestedContainer(keyedBy: QuotaKeys.self, forKey: .quota) else {
      throw APIError.unexpected(key: "quota")
    }
    quota = CallQuota(
      limit: try numbers.amount(.limit), used: try numbers.amount(.used), remaining: try numbers.amount(.remaining))
  }
}

/// `{"speed":3,"realspeed":15}` of getSpeed.
struct SpeedBody: ReplyBody {
  static let mainKey = "speed"
  let speed: MassSendSpeed

  enum CodingKeys: String, CodingKey {
    case speed
    case realspeed
  }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    speed = MassSendSpeed(level: try keys.amount(.speed), realspeed: try keys.amount(.realspeed))
  }
}

extension KeyedDecodingContainer {
  /// A number from 0 to a million millions, sent as a number or as a string of digits; nil for anything else.
  ///
  /// Weixin has sent numbers as strings elsewhere, and nothing it counts here comes near the bound.
  func amountIfUsable(_ key: Key) -> Int? {
    let number = integer(key)
    return number.flatMap { (0...HourlyMessages.mostMessages).contains($0) ? $0 : nil }
  }

  func amount(_ key: Key) throws -> Int {
    guard let number = amountIfUsable(key) else { throw APIError.unexpected(key: key.stringValue) }
    return number
  }

  func integer(_ key: Key) -> Int? {
    if let number = try? decode(Int.self, forKey: key) { return number }
    return (try? decode(String.self, forKey: key)).flatMap { Int($0) }
  }
}
