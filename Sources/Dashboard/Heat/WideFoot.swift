import TerminalScreen
import WeixinModel

/// The last rows of a wide view: the status line, and the hints where there is a row for them.
enum WideFoot {
  static func draw(_ state: State, _ range: ClosedRange<BeijingDay>, _ rows: WideRows, _ frame: inout Frame) {
    if let row = rows.hints {
      StatusLine.draw(state, row: rows.status, of: range, &frame)
      HintLine.draw(state, row: row, &frame)
    } else if state.notice != nil || state.layer != .none {
      // What is typed and what is said must be seen; how fresh the numbers are can wait.
      HintLine.draw(state, row: rows.status, &frame)
    } else {
      StatusLine.draw(state, row: rows.status, of: range, &frame)
    }
  }

  /// How much of a range is kept, and what to do about the rest.
  static func coverage(of range: ClosedRange<BeijingDay>, _ state: State) -> Line {
    let history = state.status.history
    if !history.isWhole { return Line(Phrase.readingArchive.text(state.language), Style(.warning)) }
    let first = max(range.lowerBound, .firstKept)
    let last = min(range.upperBound, Publication.newestOpen(at: state.now))
    guard first <= last else { return Line() }
    let (kept, all) = (history.days(in: first...last).count, last - first + 1)
    let (keptText, allText) = (state.numerals.exact(kept), state.numerals.exact(all))
    guard kept * 2 < all, let key = state.keys.keys(for: .toggleBackfill).first else {
      return Line(Phrase.kept(keptText, of: allText).text(state.language), .dim)
    }
    let label = key.label(state.mode.glyphs)
    let isWide = state.size.width >= 56
    let phrase =
      isWide ? Phrase.keptFew(keptText, of: allText, key: label) : .keptFewBriefly(keptText, of: allText, key: label)
    return Line(phrase.text(state.language), Style(.warning))
  }
}
