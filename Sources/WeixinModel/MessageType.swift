/// The kind of an upstream message: `msg_type` of getupstreammsghour.
///
/// Weixin documents 1, 2, 3, 4 and 6. Other numbers are kept as they came, and named *type N*.
public struct MessageType: Hashable, Comparable, Sendable {
  /// The number that Weixin sends.
  public let number: Int

  /// The type with that number, known or not.
  public init(_ number: Int) {
    self.number = number
  }

  /// Text (1).
  public static let text = MessageType(1)
  /// Picture (2).
  public static let image = MessageType(2)
  /// Voice (3).
  public static let voice = MessageType(3)
  /// Video (4).
  public static let video = MessageType(4)
  /// Third-party application message (6).
  public static let link = MessageType(6)

  /// What stands for the smallest types of a day that has more than ``HourlyMessages/mostTypes`` (0, which Weixin does not send).
  public static let other = MessageType(0)

  /// The documented types in the order in which they are listed and stacked.
  public static let documented: [MessageType] = [.text, .image, .voice, .video, .link]

  /// Where the type stands when types are listed: 0…4 for the documented ones, 5 for all others together.
  public var slot: Int {
    switch number {
    case 1...4: number - 1
    case 6: 4
    default: 5
    }
  }

  /// How many slots there are.
  public static let slotCount = 6

  /// The stable English name in reports: `text`, `image`, `voice`, `video`, `link`, `other` or `type N`.
  public var reportName: String {
    switch self {
    case .text: "text"
    case .image: "image"
    case .voice: "voice"
    case .video: "video"
    case .link: "link"
    case .other: "other"
    default: "type \(number)"
    }
  }

  /// Types are ordered by Weixin's number.
  public static func < (left: MessageType, right: MessageType) -> Bool { left.number < right.number }
}
