import WeixinModel

/// Goes to the next hit of the filter or, without one, to the next unusual hour or day, and says what makes it so.
func seek(isForward: Bool, _ state: inout State) {
  state.waitingSearch = nil
  if state.view == .speed, state.filter == nil {
    seekChange(isForward: isForward, &state)
    return
  }
  guard state.status.history.last != nil else {
    state.notice = .init(.noHistory, isWarning: true)
    return
  }
  if let filter = state.filter {
    seek(filter, isForward: isForward, &state)
    return
  }
  let history = state.status.history
  let found =
    state.view.hasHours
    ? history.nextUnusualHour(from: state.day, hour: state.hour, isForward: isForward, state.measure)
    : history.nextUnusualDay(from: state.day, isForward: isForward, state.measure)
  guard let found else {
    state.notice = .init(history.isWhole ? .nothingUnusual(isForward) : .historyIncomplete)
    if !history.isWhole { state.waitingSearch = isForward }
    return
  }
  land(found.day, found.hour, &state)
  state.notice = .init(.unusual(Deviation(found, state)))
}

/// Goes to the next change of the mass-send speed, as far as the speeds around the shown day are known.
private func seekChange(isForward: Bool, _ state: inout State) {
  let spans = state.status.speedSpans
  let changes = zip(spans, spans.dropFirst()).filter { $0.speed != $1.speed }
  let place = { (moment: Timestamp) in moment.beijingDay.start(ofHour: moment.beijingHour) }
  let here = state.day.start(ofHour: state.hour)
  let found =
    isForward
    ? changes.first { place($0.1.from) > here && $0.1.from.beijingDay <= state.newestDay }
    : changes.last { place($0.1.from) < here }
  guard let (before, after) = found else {
    state.notice = .init(
      isForward
        ? .said(en: "No later change of the speed is known here", zh: "附近没有更晚的速度变化")
        : .said(en: "No earlier change of the speed is known here", zh: "附近没有更早的速度变化"))
    return
  }
  land(after.from.beijingDay, after.from.beijingHour, &state)
  let words = { (numerals: Numerals) in
    "\(numerals.date(after.from.beijingDay)) \(after.from.beijingClock)  L\(before.speed.level) "
      + "\(numerals.speed(before.speed.realspeed)) > L\(after.speed.level) \(numerals.speed(after.speed.realspeed))"
  }
  let isASCII = state.mode.glyphs.name == .ascii
  state.notice = .init(.said(en: words(Numerals(.en, isASCII: isASCII)), zh: words(Numerals(.zh, isASCII: isASCII))))
}

private func land(_ day: BeijingDay, _ hour: Int?, _ state: inout State) {
  step(to: day, &state)
  if let hour { choose(hour: hour, &state) }
}

private func seek(_ filter: Filter, isForward: Bool, _ state: inout State) {
  let step = isForward ? 1 : -1
  let seeksHours = filter.hasNumbers && state.view.hasHours
  var (day, hour) = (state.day, seeksHours ? state.hour + step : 0)
  if !seeksHours { day = day + step }
  while day >= .firstKept, day <= state.newestDay {
    if seeksHours {
      let hits = filter.hours(of: day, state)
      while hits.indices.contains(hour) {
        if hits[hour] {
          found(day, hour, filter, &state)
          return
        }
        hour += step
      }
    } else if filter.matches(day, state) {
      found(day, nil, filter, &state)
      return
    }
    day = day + step
    hour = isForward ? 0 : 23
  }
  let otherKey = state.keys.keys(for: isForward ? .previousUnusual : .nextUnusual).first?.name ?? ":"
  state.notice = .init(
    state.status.history.isWhole ? .noHit(filter.text, isForward, otherKey: otherKey) : .historyIncomplete,
    isWarning: true)
  if !state.status.history.isWhole { state.waitingSearch = isForward }
}

/// Goes to a hit and says its number.
private func found(_ day: BeijingDay, _ hour: Int?, _ filter: Filter, _ state: inout State) {
  land(day, hour, &state)
  let history = state.status.history
  let value =
    hour.map { history.value(of: day, hour: $0, state.measure) } ?? history.total(of: day, state.measure)
  let numerals = state.numerals
  var words = [numerals.date(day) + (hour.map { " " + numerals.hour($0) } ?? "")]
  if let value { words.append(numerals.exact(value)) }
  words += state.marks(of: day).map(\.name)
  state.notice = .init(.hit(filter.text, words.joined(separator: "  ")))
}

/// An unusual number in words: `Fri 2026-08-14 20h  2,104, usual 1,725 [1,540–1,910]  ▴22%`.
public struct Deviation: Hashable, Sendable {
  let texts: [Language: String]

  init(_ found: History.Deviation, _ state: State) {
    var texts: [Language: String] = [:]
    for language in Language.allCases {
      let numerals = Numerals(language, isASCII: state.mode.glyphs.name == .ascii)
      let place = numerals.date(found.day) + (found.hour.map { " " + numerals.hour($0) } ?? "")
      texts[language] = place + "  " + Self.words(found.value, found.usual, state, numerals)
    }
    self.texts = texts
  }

  /// `2,104, usual 1,725 [1,540–1,910]  ▴22.0%`.
  static func words(_ value: Int, _ usual: Usual, _ state: State, _ numerals: Numerals) -> String {
    let glyphs = state.mode.glyphs
    let band = "[\(numerals.exact(usual.low))\(glyphs.dash)\(numerals.exact(usual.high))]"
    var text = numerals.exact(value)
    switch numerals.language {
    case .en: text += ", usual \(numerals.exact(usual.median)) \(band)"
    case .zh: text += "，通常 \(numerals.exact(usual.median)) \(band)"
    }
    guard let tenths = Numerals.change(from: usual.median, to: value) else { return text }
    return text + "  \(tenths < 0 ? glyphs.fall : glyphs.rise)\(numerals.percent(tenths: tenths))"
  }
}
