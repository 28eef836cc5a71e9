import Dashboard
import WeixinModel

/// Writes days as they come, so that long ranges need no memory.
struct HourlyWriter {
  let format: ReportFormat
  let language: Language
  private var hasBegun = false

  init(format: ReportFormat, language: Language) {
    self.format = format
    self.language = language
  }

  mutating func write(_ record: DayRecord) throws(CommandFailure) {
    switch format {
    case .csv:
      try begin(HourlyText.csvHeader)
      try StandardOutput.write(HourlyText.csv(record))
    case .json:
      for object in HourlyText.jsonObjects(record) {
        try StandardOutput.write((hasBegun ? ",\n" : "[\n") + object)
        hasBegun = true
      }
    case .text:
      if hasBegun { try StandardOutput.write("\n") }
      hasBegun = true
      try StandardOutput.write(
        HourlyReport.table(
          record, language: language, hasBars: StandardOutput.isTerminal && Environment.process.isUnicode))
    }
  }

  mutating func finish() throws(CommandFailure) {
    switch format {
    case .csv: try begin(HourlyText.csvHeader)
    case .json: try StandardOutput.write(hasBegun ? "\n]\n" : "[]\n")
    case .text: break
    }
  }

  private mutating func begin(_ text: String) throws(CommandFailure) {
    if !hasBegun { try StandardOutput.write(text) }
    hasBegun = true
  }
}
