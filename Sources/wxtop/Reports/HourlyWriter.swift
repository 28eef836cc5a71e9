import Dashboard
import WeixinModel

/// Writes days as they come, so that long ranges need no memory.
struct HourlyWriter {
  private let surroundings: Surroundings
  let format: ReportFormat
  let language: Language
  /// Whether CSV begins with a byte order mark.
  let hasMark: Bool
  private var hasBegun = false

  init(_ surroundings: Surroundings, format: ReportFormat, language: Language, hasMark: Bool = false) {
    self.surroundings = surroundings
    self.format = format
    self.language = language
    self.hasMark = hasMark
  }

  mutating func write(_ record: DayRecord) throws(CommandFailure) {
    switch format {
    case .csv:
      try begin()
      try surroundings.output.write(HourlyText.csv(record))
    case .json:
      for object in HourlyText.jsonObjects(record) {
        try surroundings.output.write((hasBegun ? ",\n" : "[\n") + object, isUTF8: true)
        hasBegun = true
      }
    case .text:
      if hasBegun { try surroundings.output.write("\n") }
      hasBegun = true
      try surroundings.output.write(
        HourlyReport.table(
          record, language: language, hasBars: surroundings.output.isTerminal && surroundings.environment.isUnicode))
    }
  }

  mutating func finish() throws(CommandFailure) {
    switch format {
    case .csv: try begin()
    case .json: try surroundings.output.write(hasBegun ? "\n]\n" : "[]\n")
    case .text: break
    }
  }

  private mutating func begin() throws(CommandFailure) {
    if !hasBegun { try surroundings.output.write((hasMark ? CSVText.byteOrderMark : "") + HourlyText.csvHeader) }
    hasBegun = true
  }
}
