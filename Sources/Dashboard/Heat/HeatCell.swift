import ChartLayout
import TerminalScreen
import WeixinModel

/// What a cell of a heatmap stands for: a number's shade, or why there is none.
enum HeatCell: Hashable {
  /// A number above zero, with its step 1…4.
  case step(Int)
  /// Not one message.
  case zero
  /// Weixin has not published it yet; so is today.
  case unpublished
  /// The call failed.
  case failed
  /// A call is under way.
  case fetching
  /// Never fetched.
  case unknown
  /// A day that is not over.
  case future
  /// A day that Weixin keeps nothing of.
  case nothing

  /// A number's cell.
  init(_ value: Int, _ scale: HeatScale) {
    let step = scale.step(of: value)
    self = step == 0 ? .zero : .step(step)
  }

  /// The cell of a day that is not kept.
  init(missing day: BeijingDay, _ state: State) {
    let status = state.status[day]
    self.init(
      status.state(of: day, at: state.now), isFetching: status.isFetching, isToday: day == state.now.beijingDay)
  }

  /// The cell of a day of which nothing is known.
  init(untold day: BeijingDay, at now: Timestamp) {
    self.init(DayState(untold: day, at: now), isFetching: false, isToday: day == now.beijingDay)
  }

  private init(_ state: DayState, isFetching: Bool, isToday: Bool) {
    self =
      switch state {
      case .beforeRecords: .nothing
      // Today is what Weixin publishes next.
      case .notOver: isToday ? .unpublished : .future
      case .failed: isFetching ? .fetching : .failed
      case .unpublished: .unpublished
      case .neverFetched, .provisional, .final: isFetching ? .fetching : .unknown
      }
  }

  /// Of several days without numbers the one that most wants to be known.
  var weight: Int {
    switch self {
    case .failed: 6
    case .fetching: 5
    case .unpublished: 4
    case .unknown: 3
    case .zero, .step: 2
    case .future: 1
    case .nothing: 0
    }
  }

  /// The glyph of a state, and its role; of a step the glyph that stands for its shade.
  func glyph(_ glyphs: GlyphSet) -> (scalar: Unicode.Scalar, role: Role) {
    switch self {
    case .step(let step): (glyphs.heat[step - 1], Self.roles[step - 1])
    case .zero: (glyphs.zero, .muted)
    case .unpublished: (glyphs.unpublished, .muted)
    case .failed: (glyphs.failed, .failure)
    case .fetching: (glyphs.fetching, .muted)
    case .unknown: (glyphs.unknown, .muted)
    case .future: (glyphs.unknown, .grid)
    case .nothing: (" ", .standard)
    }
  }

  static let roles: [Role] = [.heat1, .heat2, .heat3, .heat4]
}
