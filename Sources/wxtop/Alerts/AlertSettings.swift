import WeixinModel

/// What the configuration says of alerts.
struct AlertSettings: Hashable, Sendable {
  /// What is told.
  var rules = AlertRules()
  /// What an alert is handed to; nil for nothing.
  var command: OutsideCommand?
  /// Whether the terminal's bell is rung.
  var rings = false
}
