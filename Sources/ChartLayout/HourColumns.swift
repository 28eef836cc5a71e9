/// Where the 24 hours of a day stand across a screen.
public struct HourColumns: Hashable, Sendable {
  /// Columns at the left for the labels of the axis and its line.
  public let gutter: Int
  /// Columns of a bar.
  public let barWidth: Int
  /// Columns from one bar to the next.
  public let pitch: Int

  /// The widest bars that 24 hours allow in so many columns; nil below 30.
  public init?(width: Int) {
    switch width {
    case 80...:
      gutter = 7
      pitch = (width - 8) / 24
      barWidth = pitch >= 8 ? pitch - 2 : pitch - 1
    case 56..<80:
      gutter = 6
      pitch = 2
      barWidth = 1
    case 32..<56:
      gutter = 6
      pitch = 1
      barWidth = 1
    case 30..<32:
      gutter = 5
      pitch = 1
      barWidth = 1
    default:
      return nil
    }
  }

  /// The first column of an hour's bar.
  public func start(ofHour hour: Int) -> Int { gutter + 1 + hour * pitch }

  /// The columns of an hour's bar.
  public func bar(ofHour hour: Int) -> Range<Int> { start(ofHour: hour)..<(start(ofHour: hour) + barWidth) }

  /// The columns between an hour's bar and the next one; none where the bars touch.
  public func gap(afterHour hour: Int) -> Range<Int> { bar(ofHour: hour).upperBound..<start(ofHour: hour + 1) }

  /// The column after the last bar's place.
  public var end: Int { start(ofHour: 24) }

  /// The hour at a column, if one stands there.
  public func hour(atColumn column: Int) -> Int? {
    let offset = column - gutter - 1
    guard offset >= 0, offset < 24 * pitch else { return nil }
    return offset / pitch
  }

  /// The hours whose labels, `labelWidth` columns each, fit with a blank between them, hour 0 first.
  public func labelled(labelWidth: Int = 2) -> [Int] {
    let every = [1, 2, 3, 4, 6, 12].first { $0 * pitch > labelWidth } ?? 24
    // Every third hour reads as 00 03 06 …, which people know from clocks; every second one does not.
    return Array(stride(from: 0, to: 24, by: every == 2 ? 3 : every))
  }
}
