import ChartLayout
import TerminalScreen
import Testing
import WeixinModel

@testable import Dashboard

/// What must be whole wherever it stands: a number or a date that is cut is another one.
@Suite struct NarrowScreenTests {
  private static let status = Samples.longStatus
  private static let sizes = [30, 31, 36, 40, 47, 55, 56, 66, 72, 80, 104, 128].flatMap { width in
    [8, 9, 10, 12, 16, 24].map { (width, $0) }
  }

  @Test(arguments: Language.allCases, [GlyphSet.Name.block, .ascii])
  func `every label is an hour's whole number, clear of the axis`(
    language: Language, glyphs: GlyphSet.Name
  ) async throws {
    var labels = 0
    for (width, height) in Self.sizes {
      await Task.yield()
      for compare in [Compare.off, .weekBefore] {
        var state = Samples.state(width, height, mode: DrawingMode(glyphs: glyphs), language: language)
        state.compare = compare
        let plain = view(state)
        state.hasLabels = true
        let labelled = view(state)
        let figures = try #require(state.figures)
        let whole = Set(figures.hourTotals.map(state.numerals.short))
        let columns = try #require(HourColumns(width: width))
        for row in DayView.rows(state).chart {
          for (column, run) in runs(in: labelled, unlike: plain, row: row) {
            labels += 1
            #expect(whole.contains(run), "\(width)×\(height): \(run)")
            #expect(column > columns.gutter, "\(width)×\(height): \(run) stands on the axis")
          }
        }
      }
    }
    #expect(labels > 200)
  }

  /// The stretches of a row in which two frames differ.
  private func runs(in frame: Frame, unlike other: Frame, row: Int) -> [(column: Int, text: String)] {
    var runs: [(column: Int, text: String)] = []
    var isOpen = false
    for column in 0..<frame.size.width {
      let cell = frame[row, column]
      guard cell != other[row, column] else {
        isOpen = false
        continue
      }
      if !isOpen { runs.append((column, "")) }
      isOpen = true
      if !cell.isTrailing { runs[runs.count - 1].text.unicodeScalars.append(cell.scalar) }
    }
    return runs
  }

  @Test(arguments: Language.allCases)
  func `no number of the inspected hour is cut`(language: Language) async throws {
    for (width, height) in Self.sizes {
      await Task.yield()
      for hour in [0, 3, 8, 20] {
        var state = Samples.state(width, height, language: language)
        choose(hour: hour, &state)
        guard let row = DayView.rows(state).inspect else { continue }
        let figures = try #require(state.figures)
        let numbers = Set(
          (figures.hours[hour] + [figures.hourTotals[hour]]).flatMap { value in
            [state.numerals.exact(value), state.numerals.short(value)]
          })
        let words = state.rows[row].split { " ▌+".contains($0) }.dropFirst()
        for word in words where word.first?.isNumber == true {
          #expect(numbers.contains(String(word)), "\(width)×\(height), \(hour): \(state.rows[row])")
        }
      }
    }
  }

  @Test(arguments: Language.allCases, [false, true])
  func `the shown dates, account and speed are always there`(language: Language, hasAlerts: Bool) async {
    for (width, height) in Self.sizes {
      await Task.yield()
      for view in ViewName.allCases where view.hasOneAccount {
        var state = Samples.wideState(view, width, height, language: language, status: Self.status)
        if hasAlerts { state = Samples.heard(Samples.alerts, state) }
        let first = state.rows[0]
        let ranges = [true, false].map { WideTitle.text(state, isWide: $0) }
        #expect(ranges.contains { first.contains($0) }, "\(width)×\(height) \(view): \(first)")
        #expect(first.contains("艾"), "\(width)×\(height) \(view): \(first)")
        #expect(first.contains("L3"), "\(width)×\(height) \(view): \(first)")
      }
    }
  }

  @Test func `the chosen day is always on the screen`() async {
    for (width, height) in Self.sizes where height < 20 && [30, 31, 36, 40, 56, 80].contains(width) {
      await Task.yield()
      for view in [ViewName.week, .month, .year, .speed] {
        for back in [0, 4, 6, 11, 19] {
          var state = Samples.wideState(view, width, height, status: Self.status)
          step(to: Samples.day - back, &state)
          let isThere = (0..<height).contains { row in
            (width < 36 ? stride(from: 5, to: width, by: 1) : stride(from: 0, to: width, by: 2)).contains { column in
              switch target(row: row, column: column, state) {
              case .day(let day)?, .hourOfDay(let day, _)?: day == state.day
              default: false
              }
            }
          }
          #expect(isThere, "\(width)×\(height) \(view): \(state.day)")
        }
      }
    }
  }

  @Test func `weeks show all 24 hours, and speed strips their last stretch`() {
    for (width, height) in Self.sizes {
      let week = Samples.wideState(.week, width, height, status: Self.status)
      let row = WeekView.rows(week).rows(ofLine: 0).lowerBound
      let hours = Set(
        (0..<width).compactMap { column -> Int? in
          if case .hourOfDay(_, let hour)? = target(row: row, column: column, week) { hour } else { nil }
        })
      #expect(hours == Set(0..<24), "\(width)×\(height)")
      let speed = Samples.wideState(.speed, width, height, status: Samples.status)
      let strip = speed.rows.first { $0.hasPrefix("▸") } ?? ""
      // The last stretch begins at 22 o'clock.
      #expect(strip.split(separator: "L").suffix(2).map { $0.prefix(1) } == ["4", "3"], "\(width)×\(height): \(strip)")
    }
  }

  @Test func `typed text and messages are seen at every size`() async {
    for (width, height) in Self.sizes {
      await Task.yield()
      for view in ViewName.allCases {
        var state = Samples.wideState(view, width, height, status: Self.status)
        _ = state.press(":", "l", "a", "n", "g")
        #expect(state.text.contains("lang"), "\(width)×\(height) \(view)")
        _ = state.press(.escape, "X")
        #expect(state.rows.last?.contains("X ") == true, "\(width)×\(height) \(view): \(state.rows.last ?? "")")
      }
    }
  }

  @Test func `an alert never covers the status line`() {
    for height in 8...14 {
      for view in [ViewName.day, .week, .month, .year, .all] {
        var quiet = Samples.wideState(view, 80, height, status: Self.status)
        quiet.hasChosenHour = true
        let state = Samples.heard(Samples.alerts, quiet)
        let hints: Int? =
          switch view {
          case .day: DayView.rows(state).hints
          case .week: WeekView.rows(state).hints
          case .month: MonthView.rows(state).hints
          case .year: YearView.rows(state).hints
          default: AllView.rows(state).hints
          }
        if hints == nil { #expect(state.rows.last == quiet.rows.last, "\(view) at \(height)") }
        #expect(state.rows[0].contains("!"))
      }
    }
  }

  @Test func `a question always shows the keys that answer it`() {
    for width in [30, 40, 60, 80] {
      var state = Samples.state(width, 12)
      _ = state.press("R")
      let asked = state.rows.last ?? ""
      #expect(asked.contains("y") && asked.contains("Esc"), "\(asked)")
      _ = state.press("y")
      #expect(state.rows.last?.contains("Fetching") == true)
      _ = state.press("x")
      #expect(
        ["c", "j", "s", "t", "Esc"].allSatisfy { (state.rows.last ?? "").contains($0) }, "\(state.rows.last ?? "")")
    }
  }

  @Test func `a locked or logarithmic scale is named at every size`() {
    for (width, height) in Self.sizes where height >= 10 {
      for isChartOnly in [false, true] {
        var state = Samples.state(width, height)
        state.isChartOnly = isChartOnly
        _ = state.press("S")
        #expect(state.rows.dropLast().joined().contains("locked"), "\(width)×\(height) \(isChartOnly)")
        _ = state.press("S")
        #expect(state.rows.dropLast().joined().contains("log"), "\(width)×\(height) \(isChartOnly)")
      }
    }
  }
}
