import Dashboard
import WeixinModel

extension ViewOptions {
  /// Lets the dashboard open with what was given, and with the keys and marks of the configuration.
  func apply(to state: inout State, _ configuration: Configuration?) {
    if let hour { (state.hour, state.hasChosenHour) = (hour, true) }
    state.metric = metric == .users ? .users : .messages
    if let compare { (state.compare, state.hasChosenCompare) = (compare, true) }
    state.hidden = hide?.series ?? []
    state.scale = scale
    state.isComposition = composition
    state.hasLabels = labels
    state.isChartOnly = chartOnly
    if let keys = configuration?.keys { state.keys = keys }
    state.marks = configuration?.marks ?? []
    let filter = filter.flatMap { Filter($0) }
    if state.view == .accounts { state.accountFilter = filter } else { state.filter = filter }
    sortList(&state)
  }

  /// Sorts what is listed. Which columns a table has depends on its day, so it is done again when that has come.
  func sortList(_ state: inout State) {
    if sort != nil || invert { state.sort(by: sort, isInverted: invert) }
  }
}
