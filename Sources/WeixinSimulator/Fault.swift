public import WeixinModel

/// A failure on demand. Written `KIND[*TIMES][:ENDPOINT]`, such as `truncated`, `errcode=45009:hourly`, or `errcode=-1*2`
/// for the first two calls only.
public struct Fault: Hashable, Sendable, CustomStringConvertible {
  /// What goes wrong.
  public enum Kind: Hashable, Sendable {
    /// `none`: nothing.
    case none
    /// `errcode=N`: Weixin's error envelope with that code and its usual text.
    case errcode(Int)
    /// `http=N`: that status with a gateway's page.
    case http(Int)
    /// `html`: a web page with status 200.
    case html
    /// `redirect`: 302 to another path.
    case redirect
    /// `truncated`: JSON that ends in the middle.
    case truncated
    /// `empty`: no bytes.
    case empty
    /// `garbage`: bytes that are neither JSON nor UTF-8.
    case garbage
    /// `slow`: a reply that begins and drips for ever.
    case slow
    /// `huge`: a reply of up to 64 MiB.
    case huge
    /// `silent`: no answer at all.
    case silent
    /// `reset`: the connection is reset.
    case reset
    /// `unpublished`: an empty list, as Weixin often sends in the morning.
    case unpublished
    /// `notready`: 61503.
    case notReady
    /// `late=HOUR`: 61503 for a day until that Beijing hour of the next one, then its rows.
    case late(hour: Int)
    /// `revised=HOUR`: from that Beijing hour of the next day on, other counts than before.
    case revised(hour: Int)
    /// `strings`: every number of the reply as a string, `errcode` too.
    case strings
    /// `unknown-type`: three rows more, of types that no page names.
    case unknownType
    /// `duplicates`: every row twice, the second time with another count.
    case duplicates
    /// `foreign-dates`: rows of other days among those of the day.
    case foreignDates
    /// `other-day`: the rows of another day only, as in Weixin's incident of 2022-08.
    case otherDay
    /// `bad-hours`: three rows more, of hours that no day has.
    case badHours
    /// `negative`: amounts below zero.
    case negative
    /// `enormous`: amounts that nothing can hold.
    case enormous
    /// `overflow`: counts that are each possible and together are not.
    case overflow
    /// `control`: an error whose text holds escape, control and bidirectional characters.
    case control
    /// `echo`: an error whose text repeats the call, with its token or secret, as some gateways do.
    case echo
    /// `echo-page`: a web page that repeats the call.
    case echoPage
    /// `skew=SECONDS`: a `Date` header that is so far ahead, or behind if negative.
    case skew(seconds: Int)
  }

  /// What goes wrong.
  public var kind: Kind
  /// The only endpoint that is affected; nil for every one at which the kind makes sense.
  public var endpoint: Simulator.Endpoint?
  /// On how many calls; nil for all.
  public var times: Int?

  /// A fault.
  public init(_ kind: Kind, on endpoint: Simulator.Endpoint? = nil, times: Int? = nil) {
    self.kind = kind
    self.endpoint = endpoint
    self.times = times
  }

  /// Nothing goes wrong.
  public static let none = Fault(.none)

  /// Whether a call is affected.
  func isMeant(for endpoint: Simulator.Endpoint) -> Bool {
    self.endpoint.map { $0 == endpoint } ?? (!kind.isForDays || endpoint == .hourly)
  }
}

extension Fault.Kind {
  /// Whether it needs an endpoint to affect anything but the hourly messages.
  var isForDays: Bool {
    switch self {
    case .unpublished, .notReady, .negative, .enormous: true
    default: isOfRows
    }
  }

  /// Whether it is about rows or days, which only the hourly messages have.
  var isOfRows: Bool {
    switch self {
    case .late, .revised, .unknownType, .duplicates, .foreignDates, .badHours, .otherDay, .overflow: true
    default: false
    }
  }

  /// Whether it changes an answer without being one.
  var isManner: Bool {
    switch self {
    case .strings, .skew: true
    default: false
    }
  }
}
