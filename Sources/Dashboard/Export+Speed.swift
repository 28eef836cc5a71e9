import WeixinModel

/// The mass-send speeds behind the speed view as rows for programs; what `wxtop speed` has too goes by its names.
enum SpeedText {
  /// A line for each span: all that are loaded, of which the view shows as many days as there are rows.
  static func export(_ state: State, _ format: ExportFormat) -> String {
    let spans = state.status.speedSpans
    if format == .csv { return "from,to,speed,realspeed,nominal,unit\n" + spans.map(line).joined() }
    return jsonArray(spans.map(object))
  }

  private static func line(_ span: SpeedSpan) -> String {
    let nominal = span.speed.nominal.map { "\($0)" } ?? ""
    let speed = span.speed
    return "\(span.from.rfc3339),\(span.to.rfc3339),\(speed.level),\(speed.realspeed),\(nominal),10000/min\n"
  }

  private static func object(_ span: SpeedSpan) -> String {
    let nominal = span.speed.nominal.map { "\($0)" } ?? "null"
    return "{\"from\":\"\(span.from.rfc3339)\",\"to\":\"\(span.to.rfc3339)\",\"speed\":\(span.speed.level),"
      + "\"realspeed\":\(span.speed.realspeed),\"nominal\":\(nominal),\"unit\":\"10000/min\"}"
  }
}
