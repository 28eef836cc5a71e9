/// A text that must never be seen: an app secret or an access token. Printing, dumping or interpolating it gives `•••`.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The text itself, for the one place that sends or stores it.
  public let revealed: String

  /// Hides a text.
  public init(_ text: String) {
    revealed = text
  }

  /// `•••`.
  public var description: String { "•••" }
  /// `•••`.
  public var debugDescription: String { "•••" }
  /// A mirror without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
