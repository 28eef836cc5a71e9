import Logging
import MessageArchive
import WeixinAPI
import WeixinModel

extension AccountMonitor {
  /// Makes one call and takes in what comes of it, good or bad.
  func perform(_ call: Call) async {
    var begun = clock.monotonic()
    do {
      // What a screen waits for passes by the gate: it has a pace of its own.
      if let gate, !watch.isOpen {
        try await gate.pass(watch.speedFailure == nil && watch.accountBlock == nil ? .sound : .failing) {
          begun = clock.monotonic()
          try await make(call, since: begun)
        }
      } else {
        try await make(call, since: begun)
      }
    } catch let error as APIError {
      log(call, since: begun, error)
      fail(call, error)
    } catch {
      if Task.isCancelled {
        watch.ended(call)
      } else {
        // Not in the contract of AccountAPI, and its text might hold anything.
        fail(call, .unreachable(host: "", cause: "\(type(of: error))"))
      }
    }
    publish()
    wakeUp.ring()
    await keepFailure()
  }

  private func make(_ call: Call, since begun: Duration) async throws {
    switch call {
    case .speed:
      let speed = try await api.massSendSpeed()
      log(call, since: begun)
      await keep(speed)
    case .day(let day):
      let reply = try await api.hourlyMessages(on: day)
      log(call, since: begun)
      await keep(reply, for: day)
    case .quota(let endpoint):
      await ledger.note(try await api.quota(of: endpoint), of: endpoint)
      log(call, since: begun)
      watch.ended(call)
      watch.learned(ledger.budget, at: clock.now())
    }
  }

  /// Whether another process has fetched the day since it was loaded, so that the call can be saved.
  func isKept(_ call: Call) -> Bool {
    guard case .day(let day) = call, let archive, let kept = try? archive.record(archiveKey, day: day),
      kept.fetchedAt > (watch.records[day]?.fetchedAt ?? Timestamp(seconds: .min))
    else { return false }
    watch.found(kept)
    isBriefStale = true
    if watch.isOpen { countArchive() }
    wakeUp.ring()
    return true
  }

  private func log(_ call: Call, since begun: Duration, _ error: APIError? = nil) {
    let (seconds, attoseconds) = (clock.monotonic() - begun).components
    let milliseconds = Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    let (endpoint, day) = call.endpointAndDay
    watch.note(.call(endpoint, day, milliseconds: milliseconds, error), at: clock.now())
  }

  private func keep(_ sample: MassSendSpeed) async {
    let now = clock.now()
    ledger.refresh()
    watch.budget = ledger.budget
    var span = watch.span(with: sample, at: now)
    if let archive {
      await using { () async throws(ArchiveFault) in
        let kept = try await archive.saveSpeed(
          sample, at: now, account: archiveKey, maxGap: watch.maxGap(at: now))
        if kept.speed == sample { span = kept }
      }
    }
    watch.arrived(span, at: now)
  }

  private func keep(_ reply: HourlyReply, for day: BeijingDay) async {
    let now = clock.now()
    let saved: Saved
    do throws(APIError) {
      saved = try await DayFetcher.keep(reply, for: day, at: now) { await save($0) }
    } catch {
      return fail(.day(day), error)
    }
    if case .revised(let earlier) = saved.outcome {
      watch.note(
        .revised(day, from: earlier.messages.total, to: saved.record.messages.total), at: now)
      logger?.notice("day=\(day) revised from \(earlier.messages.total) to \(saved.record.messages.total) messages")
    }
    if reply.leftOut.count > 0 { logger?.notice("day=\(day) rows of the answer left out: \(reply.leftOut.count)") }
    watch.arrived(saved.record, at: now)
  }

  private func fail(_ call: Call, _ error: APIError) {
    watch.failed(call, error, at: clock.now())
    let (endpoint, day) = call.endpointAndDay
    logger?.notice("\(LogWords.failure(endpoint, day, error))")
  }
}

extension Call {
  fileprivate var endpointAndDay: (WeixinFault.Endpoint, BeijingDay?) {
    switch self {
    case .speed: (.speed, nil)
    case .day(let day): (.hourly, day)
    case .quota: (.quota, nil)
    }
  }
}
