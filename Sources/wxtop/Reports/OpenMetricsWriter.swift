import Dashboard
import WeixinModel

/// Days as OpenMetrics text with a timestamp for each hour, for `promtool tsdb create-blocks-from openmetrics`.
///
/// One metric family, one sample for each row: the messages of an hour, stamped with the hour's beginning in Beijing.
/// OpenMetrics wants the samples of a series ordered by time, and all of a family together; days come oldest first.
struct OpenMetricsWriter {
  private let output: Output
  let account: Account
  private var hasBegun = false
  private var known: [String: String] = [:]

  init(_ output: Output, account: Account) {
    self.output = output
    self.account = account
  }

  mutating func write(_ record: DayRecord) throws(CommandFailure) {
    try begin()
    var text = ""
    for row in record.messages.rows {
      text += series(row.type, HourlyText.state(record))
      text += "\(row.count) \(record.messages.day.start(ofHour: row.hour).seconds)\n"
    }
    try output.write(text, isUTF8: true)
  }

  /// The name and the labels of a series: few, and each stands on a hundred thousand lines.
  private mutating func series(_ type: MessageType, _ state: String) -> String {
    let key = "\(type.number) \(state)"
    if let known = known[key] { return known }
    let labels = [
      ("account", account.name), ("msg_type", String(type.number)), ("type", type.reportName), ("state", state),
    ]
    let list = labels.map { "\($0.0)=\"\(MetricLabels.escaped($0.1))\"" }.joined(separator: ",")
    let series = "weixin_upstream_messages{\(list)} "
    known[key] = series
    return series
  }

  mutating func finish() throws(CommandFailure) {
    try begin()
    try output.write("# EOF\n", isUTF8: true)
  }

  private mutating func begin() throws(CommandFailure) {
    if hasBegun { return }
    hasBegun = true
    try output.write(
      """
      # HELP weixin_upstream_messages Messages that users sent to the Official Account in one hour (msg_count).
      # TYPE weixin_upstream_messages gauge

      """, isUTF8: true)
  }
}
