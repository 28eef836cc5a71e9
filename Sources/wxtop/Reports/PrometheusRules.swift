/// The rules that `wxtop metrics --prometheus-rules` prints: sums that panels want, and what somebody should hear of.
enum PrometheusRules {
  static let text = #"""
    # Recording and alert rules for wxtop, printed by: wxtop metrics --prometheus-rules
    groups:
      - name: wxtop-recording
        rules:
          - record: account:wxtop_upstream_messages:sum
            expr: sum by (account) (wxtop_upstream_messages)
          - record: account_type:wxtop_upstream_messages:sum
            expr: sum by (account, msg_type, type) (wxtop_upstream_messages)
          - record: account_endpoint:wxtop_quota_used:ratio
            expr: wxtop_quota_used / wxtop_quota_limit
          - record: account_endpoint_code:wxtop_api_errors:increase1h
            expr: sum by (account, endpoint, code) (increase(wxtop_api_errors_total[1h]))
      - name: wxtop-alerts
        rules:
          - alert: WxtopAbsent
            expr: absent(wxtop_build_info)
            for: 10m
            labels: {severity: critical}
            annotations:
              summary: No wxtop is scraped.
              description: Look at the wxtop-metrics service and at the scrape job.
          - alert: WxtopAccountDown
            expr: wxtop_account_up == 0
            for: 10m
            labels: {severity: critical}
            annotations:
              summary: "{{ $labels.account }}: Weixin has not been reached for 10 minutes."
              description: "On the server: wxtop doctor --account {{ $labels.account }} says who must do what."
          - alert: WxtopSlowerThanNominal
            expr: wxtop_mass_send_speed_messages_per_minute < wxtop_mass_send_speed_nominal_messages_per_minute
            for: 10m
            labels: {severity: warning}
            annotations:
              summary: "{{ $labels.account }}: mass sends go at {{ $value | humanize }} a minute, below the level's speed."
              description: Weixin holds the account back; see the notices on mp.weixin.qq.com.
          - alert: WxtopSpeedLevelChanged
            expr: changes(wxtop_mass_send_speed_level[15m]) > 0
            labels: {severity: info}
            annotations:
              summary: "{{ $labels.account }}: the mass-send level changed."
              description: If nobody of your team set it, ask who did.
          - alert: WxtopDataOld
            expr: wxtop_data_age_seconds > 30 * 3600
            for: 10m
            labels: {severity: warning}
            annotations:
              summary: "{{ $labels.account }}: the newest day has been out for {{ $value | humanizeDuration }}."
              description: Yesterday should be there since 08:00 in Beijing; Weixin is late, or the calls for days fail.
          - alert: WxtopQuotaNearlyUsed
            expr: wxtop_quota_used / wxtop_quota_limit > 0.8
            for: 5m
            labels: {severity: warning}
            annotations:
              summary: "{{ $labels.account }}: {{ $value | humanizePercentage }} of the day's {{ $labels.endpoint }} calls are used."
              description: Find the program of the account that spends them. The quota begins anew at midnight in Beijing.
          - alert: WxtopApiErrors
            # 61503 is a day that is not counted yet, and -1 passes by itself.
            expr: sum by (account, endpoint, code) (increase(wxtop_api_errors_total{code!~"61503|-1"}[30m])) > 3
            labels: {severity: warning}
            annotations:
              summary: "{{ $labels.account }}: {{ $labels.endpoint }} fails again and again with {{ $labels.code }}."
              description: wxtop errors says what the code means and who must do what.

    """#
}
