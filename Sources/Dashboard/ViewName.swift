/// One way to look at the account.
public enum ViewName: String, Hashable, Sendable, CaseIterable {
  /// 24 stacked bars.
  case day
  /// Seven days by 24 hours, shaded.
  case week
  /// A calendar of daily totals, shaded.
  case month
  /// Every day of a year, shaded, and its months.
  case year
  /// Every week since 2014, shaded, and every month.
  case all
  /// The day's numbers, hours by types.
  case table
  /// The mass-send speed over days.
  case speed
  /// All accounts, a line each.
  case accounts

  /// The views that zooming walks through, the closest first.
  static let zooms: [ViewName] = [.day, .week, .month, .year, .all]

  /// Whether it shows one account, which all others but this do.
  var hasOneAccount: Bool { self != .accounts }

  /// Whether it shows the day in a form that comparing and scales change.
  var hasChart: Bool { self == .day || self == .table }

  /// Whether the cursor stands on an hour, not on a day as a whole.
  var hasHours: Bool { self == .day || self == .week || self == .table }
}
