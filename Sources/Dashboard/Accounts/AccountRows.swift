/// Which rows the parts of the accounts have; they give way as rows run out, the list last.
struct AccountRows {
  let header = 0
  private(set) var figures: Int?
  private(set) var head: Int
  private(set) var rule: Int?
  private(set) var list: Range<Int>
  private(set) var detail: Range<Int>
  private(set) var events: Range<Int>
  let status: Int
  let hints: Int

  init(height: Int, lines: Int) {
    status = height - 2
    hints = height - 1
    let hasFigures = height >= 10
    figures = hasFigures ? 1 : nil
    head = hasFigures ? 2 : 1
    rule = height >= 16 ? head + 1 : nil
    let first = (rule ?? head) + 1
    // Their heights depend on the screen alone, so that nothing jumps while accounts are looked through.
    let details = height >= 22 ? 5 : height >= 16 ? 3 : height >= 12 ? 2 : height >= 10 ? 1 : 0
    let gap = height >= 14 ? 1 : 0
    var left = status - first - details - (details > 0 ? gap : 0)
    var eventRows = 0
    if details > 0, height >= 20 {
      let most = left - min(lines, max(3, height >= 36 ? left - 8 : left)) - gap
      if most >= 2 { eventRows = min(most, 12) }
    }
    if eventRows > 0 { left -= eventRows + gap }
    list = first..<(first + max(1, left))
    if lines < list.count { list = first..<(first + max(1, lines)) }
    let detailStart = list.upperBound + (details > 0 ? gap : 0)
    // On small screens rows that nothing else needs let a cure be read to its end.
    let spare = height >= 24 ? 0 : status - gap - (detailStart + details + (eventRows > 0 ? gap + eventRows : 0))
    let allDetails = details > 0 ? details + max(0, min(4, spare)) : 0
    detail = detailStart..<(detailStart + allDetails)
    let eventStart = detail.upperBound + (eventRows > 0 ? gap : 0)
    events = eventStart..<(eventStart + eventRows)
  }

  /// The first shown line. Lines are shown by pages, so that a step redraws two of them and not all.
  func first(selected: Int, of lines: Int) -> Int {
    max(0, min(selected / list.count * list.count, lines - list.count))
  }
}
