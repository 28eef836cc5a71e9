import FoundationEssentials
import TerminalScreen
import Testing

/// A whole screen kept beside the tests. `WXTOP_REWRITE_FRAMES=1 swift test` writes the frames anew, for review.
enum Golden {
  static func expect(_ frame: Frame, _ name: String, _ location: SourceLocation = #_sourceLocation) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Frames")
    let file = folder.appending(path: name + ".txt")
    let text = picture(frame)
    if ProcessInfo.processInfo.environment["WXTOP_REWRITE_FRAMES"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    let differing = zip(lines(text), lines(expected)).enumerated().first { $0.element.0 != $0.element.1 }
    #expect(
      text == expected,
      """
      \(name) differs, first in line \((differing?.offset ?? -1) + 1):
      now      \(differing?.element.0 ?? "(as many lines differ)")
      expected \(differing?.element.1 ?? "")
      """, sourceLocation: location)
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The text, then a letter for the roles of every cell: what is drawn, and in which colours.
  static func picture(_ frame: Frame) -> String {
    let backgrounds = (0..<frame.size.height).map { row in
      var line = ""
      for cell in frame.row(row) { line += letter(cell) }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
    return frame.text + "\n" + String(repeating: "=", count: frame.size.width) + "\n"
      + backgrounds.joined(separator: "\n") + "\n"
  }

  /// Lower case: the foreground's role. Upper case: the background's. `*` marks reverse video.
  private static func letter(_ cell: Cell) -> String {
    let letters = Array(".maSgwfdl123456hijkuybceopq")
    if cell.style.attributes.contains(.reverse) { return "*" }
    if cell.style.background != .standard {
      return String(letters[min(Int(cell.style.background.rawValue), letters.count - 1)]).uppercased()
    }
    if cell.scalar == " " { return " " }
    return cell.style.foreground == .standard ? "." : String(letters[Int(cell.style.foreground.rawValue)])
  }
}
