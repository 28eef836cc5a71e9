import Dashboard
import WeixinModel

/// What the dashboard opens with: what ``ViewOptions`` were given, and the keys and marks of the configuration.
struct ViewChoice: Sendable {
  var view = ViewName.day
  var hour: Int?
  var metric = Metric.messages
  var compare: Compare?
  var hidden: Set<Series> = []
  var scale = ScaleMode.auto
  var isComposition = false
  var hasLabels = false
  var isChartOnly = false
  var filter: Filter?
  var order: SortColumn?
  var isInverted = false

  func apply(to state: inout State, _ configuration: Configuration?) {
    if let hour { (state.hour, state.hasChosenHour) = (hour, true) }
    state.metric = metric
    if let compare { (state.compare, state.hasChosenCompare) = (compare, true) }
    state.hidden = hidden
    state.scale = scale
    state.isComposition = isComposition
    state.hasLabels = hasLabels
    state.isChartOnly = isChartOnly
    if let keys = configuration?.keys { state.keys = keys }
    state.marks = configuration?.marks ?? []
    if state.view == .accounts { state.accountFilter = filter } else { state.filter = filter }
    sort(&state)
  }

  /// Sorts what is listed. Which columns a table has depends on its day, so it is done again when that has come.
  func sort(_ state: inout State) {
    if order != nil || isInverted { state.sort(by: order, isInverted: isInverted) }
  }
}
