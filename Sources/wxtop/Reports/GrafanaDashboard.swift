import Dashboard

/// The dashboard that `wxtop metrics --grafana-dashboard` prints, to be imported in Grafana (10 and later).
enum GrafanaDashboard {
  static var text: String {
    """
    {
      "title": "Weixin Official Accounts (wxtop)",
      "uid": "wxtop",
      "tags": ["wxtop", "weixin"],
      "schemaVersion": 39,
      "version": 1,
      "editable": true,
      "timezone": "Asia/Shanghai",
      "refresh": "1m",
      "time": {"from": "now-24h", "to": "now"},
      "templating": {"list": [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"},
        {"name": "account", "label": "Account", "type": "query", "refresh": 2, "sort": 1,
         "includeAll": true, "multi": true, "current": {"text": "All", "value": "$__all"},
         "datasource": \(source), "query": "label_values(wxtop_account_up, account)"}
      ]},
      "panels": [
    \(placed.joined(separator: ",\n"))
      ]
    }

    """
  }

  private static let source = #"{"type": "prometheus", "uid": "${datasource}"}"#

  /// A query and what stands in the legend for each of its series.
  private typealias Query = (expression: String, legend: String)

  private struct Panel {
    var title: String
    var type = "timeseries"
    var unit = "short"
    var width = 12
    /// What drawing it wants beside the unit.
    var custom = "{}"
    var options = "{}"
    var transformations = "[]"
    /// Only the newest values, as a table.
    var isTable = false
    var isInstant = false
    var queries: [Query]
  }

  private static let own = #"account=~"$account""#

  private static let panels: [Panel] = [
    Panel(
      title: "Last poll worked", type: "stat", width: 6, isInstant: true,
      queries: [("wxtop_account_up{\(own)}", "{{account}}")]),
    Panel(
      title: "Age of the newest day", type: "stat", unit: "s", width: 6, isInstant: true,
      queries: [("wxtop_data_age_seconds{\(own)}", "{{account}}")]),
    Panel(
      title: "Messages of the newest day", type: "stat", width: 6, isInstant: true,
      queries: [("sum by (account) (wxtop_upstream_messages{\(own)})", "{{account}}")]),
    Panel(
      title: "Newest day", type: "stat", unit: "dateTimeAsIso", width: 6, isInstant: true,
      queries: [
        ("wxtop_newest_day_timestamp_seconds{\(own)} * 1000", "{{account}}")
      ]),
    Panel(
      title: "Mass-send level (0 is the fastest)", custom: #"{"lineInterpolation": "stepAfter"}"#,
      queries: [("wxtop_mass_send_speed_level{\(own)}", "{{account}}")]),
    Panel(
      title: "Mass-send speed, messages a minute", custom: #"{"lineInterpolation": "stepAfter"}"#,
      queries: [
        ("wxtop_mass_send_speed_messages_per_minute{\(own)}", "{{account}} real"),
        ("wxtop_mass_send_speed_nominal_messages_per_minute{\(own)}", "{{account}} nominal"),
      ]),
    Panel(
      title: "Messages of the newest day by hour (Beijing) and type", type: "barchart", width: 24,
      options:
        #"{"stacking": "normal", "showValue": "never", "legend": {"displayMode": "list", "placement": "bottom"}}"#,
      transformations:
        #"[{"id": "groupingToMatrix", "options": {"columnField": "type", "rowField": "hour", "valueField": "Value"}}]"#,
      isTable: true, isInstant: true,
      queries: [("sum by (hour, type) (wxtop_upstream_messages{\(own)})", "")]),
    Panel(
      title: "The last 14 days by state",
      custom: #"{"stacking": {"mode": "normal"}, "fillOpacity": 60, "lineInterpolation": "stepAfter"}"#,
      queries: [("sum by (state) (wxtop_day_state{\(own)})", "{{state}}")]),
    Panel(
      title: "Quota used", unit: "percentunit",
      queries: [("wxtop_quota_used{\(own)} / wxtop_quota_limit{\(own)}", "{{account}} {{endpoint}}")]),
    Panel(
      title: "Calls to Weixin an hour", custom: #"{"stacking": {"mode": "normal"}, "fillOpacity": 30}"#,
      queries: [("sum by (endpoint) (increase(wxtop_api_calls_total{\(own)}[1h]))", "{{endpoint}}")]),
    Panel(
      title: "Errors an hour by code", custom: #"{"stacking": {"mode": "normal"}, "fillOpacity": 30}"#,
      queries: [
        (
          "sum by (account, endpoint, code) (increase(wxtop_api_errors_total{\(own)}[1h]))",
          "{{account}} {{endpoint}} {{code}}"
        )
      ]),
    Panel(
      title: "Duration of calls, 95 %", unit: "s",
      queries: [
        (
          "histogram_quantile(0.95, sum by (endpoint, le) (rate(wxtop_api_call_duration_seconds_bucket{\(own)}[30m])))",
          "{{endpoint}}"
        )
      ]),
    Panel(
      title: "Since the speed was last seen", unit: "s",
      queries: [("time() - wxtop_mass_send_speed_last_seen_timestamp_seconds{\(own)}", "{{account}}")]),
  ]

  /// The panels from left to right, as many in a row as fit Grafana's 24 columns.
  private static var placed: [String] {
    var (x, y, id) = (0, 0, 0)
    var height = 0
    return panels.map { panel in
      if x + panel.width > 24 { (x, y) = (0, y + height) }
      height = panel.type == "stat" ? 4 : 8
      id += 1
      defer { x += panel.width }
      return json(panel, id: id, position: #"{"x": \#(x), "y": \#(y), "w": \#(panel.width), "h": \#(height)}"#)
    }
  }

  private static func json(_ panel: Panel, id: Int, position: String) -> String {
    let targets = zip("ABC", panel.queries).map { letter, query in
      """
            {"refId": "\(letter)", "datasource": \(source), "expr": \(JSONText.quoted(query.expression)),
             "legendFormat": \(JSONText.quoted(query.legend)), "instant": \(panel.isInstant), "range": \(!panel.isInstant),
             "format": "\(panel.isTable ? "table" : "time_series")"}
      """
    }
    return """
          {"id": \(id), "title": \(JSONText.quoted(panel.title)), "type": "\(panel.type)", "gridPos": \(position),
           "datasource": \(source),
           "fieldConfig": {"defaults": {"unit": "\(panel.unit)", "min": 0, "custom": \(panel.custom)}, "overrides": []},
           "options": \(panel.options), "transformations": \(panel.transformations), "targets": [
      \(targets.joined(separator: ",\n"))
           ]}
      """
  }
}
