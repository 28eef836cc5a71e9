import TerminalScreen
import WeixinModel

/// The last rows of a view: the status line, and the hints where there is a row for them.
enum Foot {
  /// Draws them; a view of many days says how many of its range are kept.
  static func draw(
    _ state: State, of range: ClosedRange<BeijingDay>? = nil, status: Int, hints: Int?, _ frame: inout Frame
  ) {
    if hints == nil, state.notice != nil || state.layer != .none {
      // What is typed and what is said must be seen; how fresh the numbers are can wait.
      HintLine.draw(state, row: status, &frame)
      return
    }
    StatusLine.draw(state, row: status, of: range, &frame)
    if let hints { HintLine.draw(state, row: hints, &frame) }
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
    guard kept * 2 < all, !state.isOffline, let key = state.keys.keys(for: .toggleBackfill).first else {
      return Line(Phrase.kept(keptText, of: allText).text(state.language), .dim)
    }
    let label = key.label(state.mode.glyphs)
    let isWide = state.size.width >= 56
    let phrase =
      isWide ? Phrase.keptFew(keptText, of: allText, key: label) : .keptFewBriefly(keptText, of: allText, key: label)
    return Line(phrase.text(state.language), Style(.warning))
  }
}
