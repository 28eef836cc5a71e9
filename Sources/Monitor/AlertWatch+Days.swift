import WeixinModel

/// What days and quotas raise.
extension AlertWatch {
  mutating func decideOnDay(_ sight: AlertSight, _ now: Timestamp, _ changes: inout [Change]) {
    guard let brief = sight.brief, sight.today - brief.day <= Self.oldestDay else { return }
    if rules.unusualDay, let usual = brief.usual {
      if isUnusual(brief.total, usual) {
        if brief.hasSettled(brief.total, usual) {
          raise(.unusualDay(day: brief.day, count: brief.total, usual: usual), now, &changes)
        }
      } else {
        clear(now, &changes) { $0.rule == .unusualDay && $0.cause.day == brief.day }
      }
    }
    guard rules.unusualHour, let usual = brief.usualHours, usual.count == brief.hours.count else { return }
    let typical = Usual.typical(usual)
    let unusual = brief.hours.indices.filter { usual[$0].isUnusual(brief.hours[$0], typical: typical) }
    let settled = unusual.filter { brief.hasSettled(brief.hours[$0], usual[$0]) }
    let distance = { (hour: Int) in abs(brief.hours[hour] - usual[hour].median) }
    if let hour = settled.max(by: { distance($0) < distance($1) }) {
      let cause = Alert.Cause.unusualHour(
        day: brief.day, hour: hour, count: brief.hours[hour], usual: usual[hour], hours: settled.count)
      raise(cause, now, &changes)
    } else if unusual.isEmpty {
      clear(now, &changes) { $0.rule == .unusualHour && $0.cause.day == brief.day }
    }
  }

  private func isUnusual(_ count: Int, _ usual: Usual) -> Bool {
    guard let limits = rules.accountDayLimits[account.name] ?? rules.dayLimits else { return usual.isUnusual(count) }
    return limits.areBroken(by: count, usual)
  }

  mutating func ageDays(_ now: Timestamp, _ changes: inout [Change]) {
    for alert in open where alert.rule == .unusualDay || alert.rule == .unusualHour {
      guard let day = alert.cause.day else { continue }
      if isDue(at: (day + (Self.oldestDay + 1)).start, now) { clear(now, &changes) { $0.id == alert.id } }
    }
  }

  mutating func decideOnPublication(_ sight: AlertSight, _ now: Timestamp, _ changes: inout [Change]) {
    if let newest = sight.newestDay {
      clear(now, &changes) { $0.rule == .unpublishedBy && ($0.cause.day ?? newest) <= newest }
    }
    guard let minutes = rules.unpublishedBy, !sight.isPaused, let day = sight.unpublished, day == sight.today - 1,
      (sight.newestDay ?? .firstKept) < day
    else { return }
    if isDue(at: sight.today.start + minutes * 60, now) {
      raise(.unpublished(day: day, by: minutes), now, &changes)
    }
  }

  mutating func decideOnQuota(_ sight: AlertSight, _ now: Timestamp, _ changes: inout [Change]) {
    guard let percent = rules.quotaPercent else { return }
    for (endpoint, quota) in sight.quotas where quota.limit > 0 {
      let used = Double(quota.used) * 100 / Double(quota.limit)
      if used >= Double(percent) {
        // The number of yesterday may stand for a while after midnight.
        if toldQuotas[endpoint] != quota {
          raise(.quota(endpoint: endpoint, quota: quota, limit: percent), now, &changes)
        }
        toldQuotas[endpoint] = quota
      } else if used < Double(percent - 5) {
        clear(now, &changes) { $0.rule == .quotaPercent && $0.subject == endpoint.rawValue }
      }
    }
    // With the day the quota begins anew, also while Weixin has not said so yet.
    for alert in open where alert.rule == .quotaPercent {
      if isDue(at: (alert.raisedAt.beijingDay + 1).start, now) { clear(now, &changes) { $0.id == alert.id } }
    }
  }
}

extension DayBrief {
  /// Whether a number will not become usual again by the day's re-check: until then a day may still grow.
  fileprivate func hasSettled(_ value: Int, _ usual: Usual) -> Bool { isFinal || value > usual.high }
}
