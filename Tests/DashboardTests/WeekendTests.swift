import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// Weekends are marked by more than a colour.
@Suite struct WeekendTests {
  static let status = Samples.longStatus

  @Test(arguments: [0, 8, 256])
  func `weekend days are underlined in a week`(colors: Int) throws {
    var state = Samples.wideState(.week, mode: DrawingMode(colors: colors), status: Self.status)
    state.day = Samples.day - 5
    let frame = view(state)
    for (index, name) in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].enumerated() {
      let label = "\(name) \(10 + index)"
      let row = try #require((3..<20).first { frame.text(ofRow: $0).dropFirst(2).hasPrefix(label) })
      for column in [2, 7] {
        let style = Theme.dark.palette(colors: colors).resolve(frame[row, column].style)
        #expect(style.attributes.contains(.underline) == (index >= 5), "\(label)")
      }
    }
  }

  @Test(arguments: [0, 8, 256], [(80, 24), (60, 20), (200, 60)])
  func `weekend names and dates are underlined in a month`(colors: Int, size: (Int, Int)) {
    var state = Samples.wideState(.month, size.0, size.1, mode: DrawingMode(colors: colors), status: Self.status)
    state.marks = []
    let frame = view(state)
    var found = Set<String>()
    for row in 0..<frame.size.height {
      var text = ""
      for cell in frame.row(row) {
        if cell.style.attributes.contains(.underline) {
          text.unicodeScalars.append(cell.scalar)
        } else if !text.isEmpty {
          found.insert(text)
          text = ""
        }
      }
    }
    #expect(found == ["Sat", "Sun", "01", "02", "08", "09", "15", "16", "22", "23", "29", "30"])
  }
}
