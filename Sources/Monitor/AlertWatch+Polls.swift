import WeixinModel

/// What a poll of the speed, or its failure, raises.
extension AlertWatch {
  /// Whether a poll came that counts. The first speed that is seen may be an old one of the archive.
  mutating func noteSpeed(_ sight: AlertSight, at now: Timestamp) -> Bool {
    guard let speed = sight.speed, speed.to != lastSample else { return false }
    let isFirst = lastSample == nil
    lastSample = speed.to
    guard isFirst else { return true }
    baseline = speed.speed
    if case .levelChanged(_, let to)? = open.last(where: { $0.rule == .levelChanged })?.cause { baseline = to }
    return now - speed.to < Self.worksAfter
  }

  mutating func decideOnSpeed(_ sight: AlertSight, _ now: Timestamp, _ changes: inout [Change]) {
    guard let speed = sight.speed?.speed else { return }
    let needed = sight.pollsRarely ? 1 : 2
    if let limit = rules.slowerThan {
      slow.note(speed.level > limit)
      settle(slow, needed, .slower(speed: speed, limit: limit), now, &changes)
    }
    if rules.belowNominal {
      belowNominal.note(speed.nominal.map { speed.realspeed < $0 } ?? false)
      settle(belowNominal, needed, .belowNominal(speed: speed), now, &changes)
    }
    guard rules.levelChanged, let baseline else { return }
    lastLevel = lastLevel?.level == speed.level ? (speed.level, (lastLevel?.polls ?? 0) + 1) : (speed.level, 1)
    guard speed.level != baseline.level, let polls = lastLevel?.polls, polls >= needed else { return }
    // The way beyond the limit, and back: the other rule tells of that.
    let isToldAsSlow = rules.slowerThan.map { (speed.level > $0) != (baseline.level > $0) } ?? false
    if let before = open.last(where: { $0.rule == .levelChanged }) {
      clear(now, &changes) { $0.rule == .levelChanged }
      if case .levelChanged(let from, _) = before.cause, from.level == speed.level {
        self.baseline = speed
        return
      }
    }
    // Within the rule's rest the change waits: it may be taken back.
    guard isToldAsSlow || mayRaise(.levelChanged, now) else { return }
    if !isToldAsSlow { raise(.levelChanged(from: baseline, to: speed), now, &changes) }
    self.baseline = speed
  }

  mutating func settle(
    _ streak: Streak, _ needed: Int, _ cause: Alert.Cause, _ now: Timestamp, _ changes: inout [Change]
  ) {
    guard streak.count >= needed else { return }
    if streak.holds {
      raise(cause, now, &changes)
    } else {
      clear(now, &changes) { $0.rule == cause.rule }
    }
  }

  mutating func decideOnFailure(
    _ sight: AlertSight, isNewPoll: Bool, _ now: Timestamp, _ changes: inout [Change]
  ) {
    guard let minutes = rules.failingMinutes, !sight.isPaused else { return }
    guard let failure = sight.failure else {
      guard failingSince != nil || open.contains(where: { $0.rule == .failingMinutes }) else { return }
      let since = workingSince ?? now
      workingSince = since
      if isNewPoll { workingPolls += 1 }
      let isWorking = workingPolls >= (sight.pollsRarely ? 1 : 2)
      if isDue(at: isWorking ? now : since + Self.worksAfter, now) {
        (failingSince, workingSince, workingPolls) = (nil, nil, 0)
        clear(now, &changes) { $0.rule == .failingMinutes }
      }
      return
    }
    (workingSince, workingPolls) = (nil, 0)
    let since = failingSince ?? min(failure.since ?? failure.at, now)
    failingSince = since
    if let index = open.firstIndex(where: { $0.rule == .failingMinutes }) {
      // The same alert, but it may now be another person's to act.
      if case .failing(let error, let since) = open[index].cause, error.errorClass != failure.error.errorClass {
        open[index].cause = .failing(error: failure.error, since: since)
        changes.append(.updated(open[index]))
      }
      return
    }
    // What mends itself has some minutes for it; what waits for a person is told once it was asked for again.
    let isCertain = failure.error.needsPerson && failure.attempts >= 2
    if isCertain || isDue(at: since + minutes * 60, now) {
      raise(.failing(error: failure.error, since: since), now, &changes)
    }
  }
}
