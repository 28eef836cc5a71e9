public import WeixinModel

/// Numbers and dates in the words of a language.
public struct Numerals: Hashable, Sendable {
  /// The language.
  public let language: Language

  /// Numerals of a language. `isASCII` keeps to ASCII: then Chinese units give way to k and M.
  public init(_ language: Language, isASCII: Bool = false) {
    self.language = language
    self.isASCII = isASCII
  }

  let isASCII: Bool

  /// At most four characters that matter: `999`, `1.2k`, `12k`, `1.2M`; in Chinese `999`, `1.2万`, `12万`, `1.2亿`.
  public func short(_ number: Int) -> String {
    if language == .zh, !isASCII {
      if number < 10_000 { return "\(number)" }
      return number < 99_950_000 ? scaled(number, by: 10_000, "万") : scaled(number, by: 100_000_000, "亿")
    }
    switch number {
    case ..<1_000: return "\(number)"
    case ..<999_500: return scaled(number, by: 1_000, "k")
    case ..<999_500_000: return scaled(number, by: 1_000_000, "M")
    case ..<999_500_000_000: return scaled(number, by: 1_000_000_000, "G")
    default: return scaled(number, by: 1_000_000_000_000, "T")
    }
  }

  /// The exact number in groups of three: `23,390`.
  public func exact(_ number: Int) -> String {
    let digits = Array("\(number.magnitude)")
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return number < 0 ? "-" + grouped : grouped
  }

  /// A speed in 万/min beside another one, without the unit: `300k`; in Chinese `30`, unless in ASCII.
  public func tenThousands(_ count: Int) -> String {
    language == .zh && !isASCII ? "\(count)" : short(count.multipliedReportingOverflow(by: 10_000).partialValue)
  }

  /// A speed in 万/min as people read it: `300k/min`, `30万/分`.
  public func speed(_ tenThousands: Int) -> String {
    language == .zh && !isASCII ? "\(tenThousands)万/分" : self.tenThousands(tenThousands) + "/min"
  }

  /// Tenths of a percent by which a number differs from another; nil when the other is zero.
  public static func change(from old: Int, to new: Int) -> Int? {
    guard old > 0 else { return nil }
    let tenths = Double(new - old) / Double(old) * 1_000
    return Int(tenths < 0 ? tenths - 0.5 : tenths + 0.5)
  }

  /// The size of a change: `12.4%`, and without the tenth from 100 % on.
  public func percent(tenths: Int) -> String {
    let size = tenths.magnitude
    return size >= 1_000 ? "\(exact(Int(size + 5) / 10))%" : "\(size / 10).\(size % 10)%"
  }

  /// `Thu`, `周四`.
  public func weekday(_ day: BeijingDay) -> String {
    switch language {
    case .en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday - 1]
    case .zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][day.weekday - 1]
    }
  }

  /// `Thu 2026-08-20`, `2026-08-20 周四`.
  public func date(_ day: BeijingDay) -> String {
    switch language {
    case .en: "\(weekday(day)) \(day)"
    case .zh: "\(day) \(weekday(day))"
    }
  }

  /// `Thu 13 Aug`, `8月13日周四`.
  public func shortDate(_ day: BeijingDay) -> String {
    switch language {
    case .en: "\(weekday(day)) \(day.dayOfMonth) \(month(day))"
    case .zh: "\(month(day))\(day.dayOfMonth)日\(weekday(day))"
    }
  }

  /// `Aug`, `8月`.
  public func month(_ day: BeijingDay) -> String {
    switch language {
    case .en:
      ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][day.month - 1]
    case .zh: "\(day.month)月"
    }
  }

  /// `42 s`, `14 min`, `3 h`, `2 d`.
  public func duration(seconds: Int) -> String {
    let (number, unit): (Int, Int) =
      switch max(0, seconds) {
      case ..<100: (max(0, seconds), 0)
      case ..<5_970: ((seconds + 30) / 60, 1)
      case ..<171_000: ((seconds + 1_800) / 3_600, 2)
      default: ((seconds + 43_200) / 86_400, 3)
      }
    switch language {
    case .en: return "\(number) \(["s", "min", "h", "d"][unit])"
    case .zh: return "\(number)\([" 秒", " 分钟", " 小时", " 天"][unit])"
    }
  }

  /// An hour (0…23) with its unit: `20h`, `20时`.
  public func hour(_ hour: Int) -> String { twoDigits(hour) + (language == .zh ? "时" : "h") }

  /// One decimal below ten units, none above, with the unit's name.
  private func scaled(_ number: Int, by unit: Int, _ name: String) -> String {
    let tenths = Int(Double(number) / Double(unit) * 10 + 0.5)
    if tenths < 100 { return "\(tenths / 10).\(tenths % 10)\(name)" }
    return "\(Int(Double(number) / Double(unit) + 0.5))\(name)"
  }
}

func twoDigits(_ number: Int) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}
