import TerminalScreen

/// What stands where in a line of the list: as much as the width has room for, the least needed gives way first.
struct AccountColumns {
  enum Column: Hashable { case account, speed, age, next, calls, messages, usual, change, peak, hours, state, error }

  /// The columns and their places, from left to right.
  private(set) var places: [(column: Column, range: Range<Int>)] = []
  /// Whether names for people stand beside the short ones.
  let hasTitles: Bool
  /// Whether the speed is its level alone.
  let isBrief: Bool

  /// A way to lay the columns out.
  private struct Shape {
    var titles = true
    var hours = 24
    var change = true
    var speed = 11
    var state = 9
  }

  private static let shapes = [
    Shape(), Shape(hours: 12), Shape(titles: false, hours: 12), Shape(titles: false, hours: 8),
    Shape(titles: false, hours: 0), Shape(titles: false, hours: 0, change: false),
    Shape(titles: false, hours: 0, change: false, state: 8),
    Shape(titles: false, hours: 0, change: false, state: 7),
    Shape(titles: false, hours: 0, change: false, speed: 2, state: 8),
    Shape(titles: false, hours: 0, change: false, speed: 2, state: 7),
    Shape(titles: false, hours: 0, change: false, speed: 0, state: 7),
  ]

  /// `names` are the widths of the longest name alone and with its title; `messages` that of the largest number.
  init(width: Int, names: (alone: Int, titled: Int), messages: Int) {
    // The mark of the chosen line, the accent, and where there is room a blank stand before the name.
    let first = width >= 60 ? 3 : 2
    let room = width - first - 1
    func least(_ shape: Shape) -> Int { shape.titles ? min(names.titled, 14) : min(names.alone, 12) }
    func parts(_ shape: Shape) -> [(Column, Int)] {
      [
        (.account, max(8, least(shape))), (.speed, shape.speed), (.messages, messages), (.change, shape.change ? 6 : 0),
        (.hours, shape.hours), (.state, shape.state),
      ].filter { $0.1 > 0 }
    }
    func needed(_ parts: [(Column, Int)]) -> Int { parts.reduce(-1) { $0 + $1.1 + 1 } }
    let shape = Self.shapes.first { needed(parts($0)) <= room } ?? Self.shapes[Self.shapes.count - 1]
    hasTitles = shape.titles
    isBrief = shape.speed < 11
    var columns = parts(shape)
    var spare = max(0, room - needed(columns))
    var gaps: [Column: Int] = [:]
    func widen(_ column: Column) {
      guard spare > 0, columns.contains(where: { $0.0 == column }) else { return }
      gaps[column, default: 0] += 1
      spare -= 1
    }
    for column in [Column.hours, .state] { widen(column) }
    let wanted = min(30, shape.titles ? names.titled : names.alone) - columns[0].1
    let growth = max(0, min(wanted, spare))
    columns[0].1 += growth
    spare -= growth
    for column in [Column.messages, .change, .speed] { widen(column) }
    // What only a wide screen has room for, and behind what it stands.
    let extras: [(Column, Int, after: Column)] = [
      (.usual, messages, .messages), (.peak, 10, .change), (.age, 8, .speed), (.next, 8, .age), (.calls, 6, .next),
    ]
    for (column, width, before) in extras where shape.hours == 24 && spare >= width + 2 {
      guard let index = columns.firstIndex(where: { $0.0 == before }) else { continue }
      columns.insert((column, width), at: index + 1)
      gaps[column] = 1
      spare -= width + 2
    }
    if spare >= 20 {
      columns.append((.error, min(60, spare - 2)))
      gaps[.error] = 1
    }
    var place = first
    for (index, (column, width)) in columns.enumerated() {
      if index > 0 { place += 1 + gaps[column, default: 0] }
      places.append((column, place..<(place + width)))
      place += width
    }
  }

  func range(_ column: Column) -> Range<Int>? { places.first { $0.column == column }?.range }

  /// The order that a click on a column's head asks for.
  func order(atColumn column: Int) -> AccountOrder.Column? {
    guard let place = places.last(where: { $0.range.lowerBound <= column }), column < place.range.upperBound + 1 else {
      return nil
    }
    switch place.column {
    case .account: return .account
    case .speed, .age, .next: return .speed
    case .messages, .usual, .peak, .hours: return .messages
    case .change: return .change
    case .state, .error: return .state
    case .calls: return nil
    }
  }
}
