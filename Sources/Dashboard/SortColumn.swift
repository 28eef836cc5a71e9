import WeixinModel

/// What the table and the list of accounts can be sorted by, as options name it.
public enum SortColumn: String, Hashable, Sendable, CaseIterable {
  /// Messages, and how far they are from what they are compared with: of both.
  case messages, change
  /// Columns of the table. Users stand where messages do; `compared` is what the day is compared with.
  case hour, text, image, voice, video, link, other, users, compared
  /// Columns of the list, and the order of the configuration.
  case state, account, speed, configured

  /// Whether a view can be sorted by it.
  public func exists(in view: ViewName) -> Bool {
    switch view {
    case .table: self == .messages || accounts == nil || self == .change
    case .accounts: accounts != nil
    case .day, .week, .month, .year, .all, .speed: false
    }
  }

  /// The column of the list; nil where only the table has it.
  fileprivate var accounts: AccountOrder.Column? {
    switch self {
    case .messages: .messages
    case .change: .change
    case .state: .state
    case .account: .account
    case .speed: .speed
    case .configured: .configured
    case .hour, .text, .image, .voice, .video, .link, .other, .users, .compared: nil
    }
  }
}

extension State {
  /// Sorts the table or the list, whichever is shown, by a column, or in its usual order where none is given.
  public mutating func sort(by column: SortColumn?, isInverted: Bool) {
    if view == .accounts {
      accountOrder = AccountOrder()
      accountOrder.column = column?.accounts ?? accountOrder.column
      accountOrder.isInverted = isInverted
      return
    }
    var columns = tableColumns
    // What the day is compared with may be still to come.
    if !status.history.isWhole, !columns.contains(.compared) { columns += [.compared, .change] }
    let wanted: SortColumn? = column == .messages || column == .users ? totalColumn : column
    order = TableOrder()
    order.column = columns.firstIndex { $0 == wanted } ?? 0
    order.isInverted = isInverted
  }

  /// The order of the table or the list, whichever is shown, as ``sort(by:isInverted:)`` takes it.
  var sorting: (column: SortColumn?, isInverted: Bool) {
    switch view {
    case .accounts:
      let column = SortColumn.allCases.first { $0.accounts == accountOrder.column }
      return (column == .state ? nil : column, accountOrder.isInverted)
    case .table:
      let columns = tableColumns
      let column = columns[order.column % columns.count]
      return (column == .hour ? nil : column, order.isInverted)
    case .day, .week, .month, .year, .all, .speed: return (nil, false)
    }
  }

  /// The column of the hours' totals.
  private var totalColumn: SortColumn { metric == .messages ? .messages : .users }

  /// The columns of ``Table``, from left to right.
  private var tableColumns: [SortColumn] {
    var columns: [SortColumn] = [.hour]
    columns += LegendPanel.listed(self).filter { !hidden.contains($0) }.compactMap { SortColumn(rawValue: $0.keyName) }
    columns.append(totalColumn)
    if Comparison(self).hours != nil { columns += [.compared, .change] }
    return columns
  }
}
