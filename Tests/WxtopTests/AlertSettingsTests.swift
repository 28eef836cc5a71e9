import Testing
import WeixinModel

@testable import wxtop

/// `alerts:` as the configuration has it.
struct AlertSettingsTests {
  private func settings(_ text: String) throws -> AlertSettings {
    try ConfigurationReader(file: "/nowhere/config.yaml").parse(text).alerts
  }

  @Test func `without the key, the useful rules are on, and nothing is rung or run`() throws {
    let settings = try settings("interval: 60\n")
    #expect(settings == AlertSettings())
    #expect(AlertRule.allCases.filter { !settings.rules.isOn($0) } == [.unusualHour])
    #expect(settings.command == nil && !settings.rings)
  }

  @Test func `every key is taken`() throws {
    let settings = try settings(
      """
      alerts:
        command: [/usr/local/bin/wxtop-alert, "two words"]
        bell: yes
        quiet: 23:00-07:00
        again_after: 60
        rules:
          level_changed: off
          slower_than: 2
          below_nominal: no
          unusual_day: false
          unusual_hour: on
          unpublished_by: 11:30
          failing_minutes: 5
          quota_percent: 90
      """)
    #expect(settings.command?.words == ["/usr/local/bin/wxtop-alert", "two words"])
    #expect(settings.rings)
    #expect(settings.rules.quiet == QuietHours(from: 1_380, to: 420))
    #expect(settings.rules.againAfter == 60)
    #expect(settings.rules.slowerThan == 2)
    #expect(settings.rules.unpublishedBy == 690)
    #expect(settings.rules.failingMinutes == 5)
    #expect(settings.rules.quotaPercent == 90)
    #expect(
      AlertRule.allCases.filter { settings.rules.isOn($0) } == [
        .slowerThan, .unusualHour, .unpublishedBy, .failingMinutes, .quotaPercent,
      ])
  }

  @Test func `off is off for all of them, and for each`() throws {
    #expect(try settings("alerts: off\n").rules == .none)
    #expect(try settings("alerts: on\n") == AlertSettings())
    let all = AlertRule.allCases.map { "    \($0.rawValue): off\n" }.joined()
    #expect(try settings("alerts:\n  quiet: off\n  rules:\n" + all).rules == .none)
    let on = AlertRule.allCases.map { "    \($0.rawValue): on\n" }.joined()
    #expect(AlertRule.allCases.allSatisfy(try settings("alerts:\n  rules:\n" + on).rules.isOn))
  }

  @Test func `an unusual day may be given in percent, and otherwise for an account`() throws {
    let rules = try settings(
      "alerts: {rules: {unusual_day: {below: 30, above: 50, accounts: {shop: {below: 10}, club: {above: off, below: on}}}}}"
    ).rules
    #expect(rules.unusualDay && rules.dayLimits == DayLimits(below: 30, above: 50))
    #expect(
      rules.accountDayLimits
        == [
          "shop": DayLimits(below: 10, above: nil), "club": DayLimits(below: 30, above: nil),
        ].compactMapValues(\.self))
    for wrong in ["{below: 101}", "{below: x}", "{down: 3}", "{above: 0}", "maybe"] {
      #expect(throws: CommandFailure.self) { try settings("alerts: {rules: {unusual_day: \(wrong)}}") }
    }
  }
}
