import Testing

/// The alert rules on made-up series: `a` has everything wrong with it, `b` is just within all limits.
@Suite(.processes)
struct AlertRuleTests {
  @Test func `each alert fires for what is wrong, and for nothing else`() async throws {
    guard Prometheus.has("promtool") else { return }
    let place = try Place()
    try place.write(await Wxtop.call("metrics", "--prometheus-rules", in: place).output, to: "rules.yml")
    try place.write(Self.cases, to: "cases.yml")
    try await Prometheus.expectAccepted("test rules cases.yml", in: place)
  }

  private static let cases = """
    rule_files: [rules.yml]
    evaluation_interval: 1m
    tests:
      - interval: 1m
        input_series:
          - {series: 'wxtop_build_info{version="0"}', values: '1+0x40'}
          - {series: 'wxtop_account_up{account="a"}', values: '1+0x10 0+0x30'}
          - {series: 'wxtop_account_up{account="b"}', values: '1+0x10 0+0x5 1+0x25'}
          - {series: 'wxtop_data_age_seconds{account="a"}', values: '108060+60x40'}
          - {series: 'wxtop_data_age_seconds{account="b"}', values: '86400+60x40'}
          - {series: 'wxtop_quota_used{account="a",endpoint="hourly"}', values: '81+0x40'}
          - {series: 'wxtop_quota_limit{account="a",endpoint="hourly"}', values: '100+0x40'}
          - {series: 'wxtop_quota_used{account="b",endpoint="hourly"}', values: '80+0x40'}
          - {series: 'wxtop_quota_limit{account="b",endpoint="hourly"}', values: '100+0x40'}
          - {series: 'wxtop_mass_send_speed_messages_per_minute{account="a"}', values: '150000+0x40'}
          - {series: 'wxtop_mass_send_speed_nominal_messages_per_minute{account="a"}', values: '300000+0x40'}
          - {series: 'wxtop_mass_send_speed_messages_per_minute{account="b"}', values: '300000+0x40'}
          - {series: 'wxtop_mass_send_speed_nominal_messages_per_minute{account="b"}', values: '300000+0x40'}
          - {series: 'wxtop_mass_send_speed_level{account="a"}', values: '3+0x20 4+0x20'}
          - {series: 'wxtop_mass_send_speed_level{account="b"}', values: '3+0x40'}
          - {series: 'wxtop_api_errors_total{account="a",endpoint="speed",code="48001"}', values: '0+1x40'}
          - {series: 'wxtop_api_errors_total{account="b",endpoint="hourly",code="61503"}', values: '0+1x40'}
          - {series: 'wxtop_upstream_messages{account="a",msg_type="1",type="text",hour="00"}', values: '5+0x40'}
          - {series: 'wxtop_upstream_messages{account="a",msg_type="2",type="image",hour="01"}', values: '7+0x40'}
        promql_expr_test:
          - expr: count by (alertname, account) (ALERTS{alertstate="firing"})
            eval_time: 30m
            exp_samples:
              - {labels: '{alertname="WxtopAccountDown", account="a"}', value: 1}
              - {labels: '{alertname="WxtopSlowerThanNominal", account="a"}', value: 1}
              - {labels: '{alertname="WxtopSpeedLevelChanged", account="a"}', value: 1}
              - {labels: '{alertname="WxtopDataOld", account="a"}', value: 1}
              - {labels: '{alertname="WxtopQuotaNearlyUsed", account="a"}', value: 1}
              - {labels: '{alertname="WxtopApiErrors", account="a"}', value: 1}
          - expr: account:wxtop_upstream_messages:sum
            eval_time: 30m
            exp_samples:
              - {labels: 'account:wxtop_upstream_messages:sum{account="a"}', value: 12}
      - interval: 1m
        input_series: []
        promql_expr_test:
          - expr: count by (alertname) (ALERTS{alertstate="firing"})
            eval_time: 30m
            exp_samples:
              - {labels: '{alertname="WxtopAbsent"}', value: 1}

    """
}
