import TerminalScreen
import WeixinModel

/// All accounts: a line each.
///
/// ```
/// header      5 accounts            day accounts             sort
/// figures     messages of all accounts, how many have the day, what is looked for
/// head        the columns, the sorted one marked
/// list        name  speed  messages  change  24 hours  state
/// detail      the chosen account: what failed and who must act, or its numbers
/// events      the newest changes of speeds and days
/// status, hints
/// ```
enum AccountsView {
  static func draw(_ state: State, _ frame: inout Frame) {
    let list = AccountList(state)
    let rows = AccountRows(height: frame.size.height, lines: list.count)
    AccountsSummary.drawHeader(list, row: rows.header, &frame)
    if let row = rows.figures { AccountsSummary.drawFigures(list, row: row, &frame) }
    let columns = columns(list, width: frame.size.width)
    drawHead(columns, list, row: rows.head, &frame)
    if let rule = rows.rule, let place = columns.places.first?.range.lowerBound,
      let end = columns.places.last?.range.upperBound
    {
      for column in place..<end {
        frame.put(Cell(state.mode.glyphs.gridDot, style: Style(.grid)), row: rule, column: column)
      }
    }
    if list.lines.isEmpty {
      let text = Phrase.noAccount(state.shownAccountFilter?.text ?? "").text(state.language)
      frame.write(text, row: rows.list.lowerBound, column: 2, style: Style(.warning), limit: frame.size.width - 1)
    } else {
      drawLines(list, columns, rows, &frame)
    }
    AccountDetail.draw(list, rows: rows.detail, &frame)
    FleetEvents.draw(list, rows: rows.events, &frame)
    AccountsSummary.drawStatus(list, row: rows.status, &frame)
    HintLine.draw(state, row: rows.hints, &frame)
  }

  static func target(row: Int, column: Int, _ state: State) -> Target? {
    let list = AccountList(state)
    let rows = AccountRows(height: state.size.height, lines: list.count)
    if row == rows.head {
      return columns(list, width: state.size.width).order(atColumn: column).map(Target.accountOrder)
    }
    guard rows.list.contains(row), !list.lines.isEmpty else { return nil }
    let index = rows.first(selected: list.selected, of: list.lines.count) + row - rows.list.lowerBound
    return list.lines.indices.contains(index) ? .account(list.name(list.lines[index])) : nil
  }

  /// So many lines are one page.
  static func page(_ state: State) -> Int {
    AccountRows(height: state.size.height, lines: max(1, state.fleet.count)).list.count
  }

  private static func columns(_ list: AccountList, width: Int) -> AccountColumns {
    let state = list.state
    var (alone, titled, most) = (0, 0, 0)
    for line in list.lines {
      let account = state.fleet.isEmpty ? state.status.account : state.fleet[line.index].account
      let name = DisplayWidth.of(account.name)
      let title = account.title.isEmpty ? 0 : DisplayWidth.of(account.shownTitle(state))
      alone = max(alone, name)
      titled = max(titled, name + (title > 0 ? title + 1 : 0))
      most = max(most, line.total ?? 0)
    }
    let head = DisplayWidth.of(Phrase.messagesBrief.text(state.language)) + 1
    let number = DisplayWidth.of(state.numerals.exact(most))
    return AccountColumns(
      width: width, names: (alone, titled), messages: max(head, number <= (width >= 60 ? 11 : 7) ? number : 6))
  }

  private static func drawHead(_ columns: AccountColumns, _ list: AccountList, row: Int, _ frame: inout Frame) {
    let state = list.state
    for (column, range) in columns.places {
      if column == .hours {
        drawHourTicks(range, state, row: row, &frame)
        continue
      }
      let isSorted = column == sortedColumn(state)
      let name = Phrase.column(column, isBrief: columns.isBrief).text(state.language)
      let text = DisplayWidth.truncate(
        isSorted ? "\(AccountsSummary.arrow(state))" + name : name, to: range.count, ellipsis: "")
      let place = isNumber(column) ? range.upperBound - DisplayWidth.of(text) : range.lowerBound
      frame.write(text, row: row, column: place, style: isSorted ? .strong : .dim)
    }
  }

  private static func sortedColumn(_ state: State) -> AccountColumns.Column? {
    switch state.accountOrder.column {
    case .messages: .messages
    case .change: .change
    case .state: .state
    case .account: .account
    case .speed: .speed
    case .configured: nil
    }
  }

  private static func isNumber(_ column: AccountColumns.Column) -> Bool {
    [.messages, .usual, .change, .calls, .peak, .age, .next].contains(column)
  }

  private static func drawHourTicks(_ range: Range<Int>, _ state: State, row: Int, _ frame: inout Frame) {
    let ticks = range.count == 24 ? [0, 6, 12, 18] : [0, 12]
    for hour in ticks {
      let text = "\(hour)" + (state.language == .zh ? "时" : "h")
      frame.write(
        text, row: row, column: range.lowerBound + hour * range.count / 24, style: .dim, limit: range.upperBound)
    }
  }

  private static func drawLines(
    _ list: AccountList, _ columns: AccountColumns, _ rows: AccountRows, _ frame: inout Frame
  ) {
    let selected = list.selected
    let first = rows.first(selected: selected, of: list.lines.count)
    let accents = Accents(list.state)
    for (offset, line) in list.lines.dropFirst(first).prefix(rows.list.count).enumerated() {
      let row = rows.list.lowerBound + offset
      let cells = AccountCells(line, of: list)
      for (column, range) in columns.places { draw(column, range, cells, columns, row: row, &frame) }
      let isSelected = first + offset == selected
      if isSelected { select(row: row, list.state, &frame) }
      // Without colours all bars would be the same.
      if list.state.mode.colors >= 8, let role = accents.role(of: cells.status.account) {
        frame.put(Cell(" ", style: Style(on: role)), row: row, column: 1)
      }
    }
  }

  private static func draw(
    _ column: AccountColumns.Column, _ range: Range<Int>, _ cells: AccountCells, _ columns: AccountColumns, row: Int,
    _ frame: inout Frame
  ) {
    let text =
      switch column {
      case .account: cells.name(hasTitle: columns.hasTitles, width: range.count)
      case .speed: cells.speed(isBrief: columns.isBrief)
      case .age: cells.age()
      case .next: cells.next()
      case .messages: cells.messages(width: range.count)
      case .usual: cells.usual(width: range.count)
      case .change: cells.change()
      case .peak: cells.peak(width: range.count)
      case .hours: Line()
      case .state: cells.standing(width: range.count)
      case .calls: cells.calls()
      case .error: cells.error(width: range.count)
      }
    if column == .hours { cells.drawHours(row: row, columns: range, &frame) }
    let place = isNumber(column) ? max(range.lowerBound, range.upperBound - text.width) : range.lowerBound
    frame.write(text, row: row, column: place, limit: range.upperBound)
  }

  /// The chosen line has a ground of its own. With few colours that is all it has.
  private static func select(row: Int, _ state: State, _ frame: inout Frame) {
    let style = Style(.accent, on: .selection, .bold)
    frame.restyle(row: row, columns: 0..<frame.size.width) {
      if state.mode.colors >= 256, $0.foreground != .standard { $0.background = .selection } else { $0 = style }
      // Faint dots and labels would be lost on it.
      if [.muted, .grid, .line].contains($0.foreground) { $0.foreground = .accent }
    }
    frame.put(Cell(state.mode.glyphs.next, style: style), row: row, column: 0)
  }
}
