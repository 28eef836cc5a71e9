import TerminalScreen
import Testing
import WeixinModel

@testable import Dashboard

/// A month that is not over has few messages so far, which is no fall: its bar is marked.
@Suite struct UnfinishedMonthTests {
  static let modes = [DrawingMode(), DrawingMode(colors: 0), DrawingMode(glyphs: .ascii, colors: 0)]

  @Test(arguments: modes)
  func `its bar carries the mark of provisional numbers`(mode: DrawingMode) throws {
    let state = Samples.wideState(.all, 200, 60, mode: mode)
    let frame = chart(state)
    let marks = marks(frame)
    let (row, column) = try #require(marks.first)
    #expect(marks.count == 1)
    #expect(frame[row, column].style == Style(.warning))
    // It is the shown month, whose bar has the cursor's colour.
    let style = frame[row + 1, column].style
    #expect([style.foreground, style.background].contains(.accent))
    #expect(frame[row, column + 1].style.background == .standard)
  }

  @Test(arguments: modes)
  func `a month whose days are all out has no mark`(mode: DrawingMode) throws {
    let september = try #require(BeijingDay("2026-09-01"))
    let state = Samples.state(
      200, 60, status: Samples.longStatus, mode: mode, now: september.start(ofHour: 12) + 300)
    #expect(state.newestDay == september - 1)
    #expect(marks(chart(state)).isEmpty)
  }

  @Test func `the view of all years marks it once`() throws {
    let frame = view(Samples.wideState(.all, 200, 60))
    let title = try #require((0..<60).first { frame.text(ofRow: $0).hasPrefix("      messages a month") })
    #expect(marks(frame).count { row, _ in row >= title } == 1)
  }

  @Test(arguments: [false, true])
  func `the mark of a full bar leaves the title alone`(hasTitle: Bool) {
    var frame = Frame(Size(width: 30, height: 8))
    if hasTitle { frame.write("messages", row: 1, column: 6) }
    let chart = SmallChart(values: [10], columns: { _ in 6..<7 }, gutter: 6, unfinished: 0)
    chart.draw(Samples.state(), rows: 2..<6, &frame)
    #expect(frame[hasTitle ? 6 : 1, 6].scalar == "~")
    #expect(marks(frame).count == 1)
  }

  private func chart(_ state: State) -> Frame {
    var frame = Frame(state.size)
    let range = BeijingDay.firstKept...state.newestDay
    MonthlyChart.draw(Heat(range, state), range, rows: 2..<14, &frame)
    return frame
  }

  private func marks(_ frame: Frame) -> [(Int, Int)] {
    (0..<frame.size.height).flatMap { row in
      (0..<frame.size.width).filter { frame[row, $0].scalar == "~" }.map { (row, $0) }
    }
  }
}
