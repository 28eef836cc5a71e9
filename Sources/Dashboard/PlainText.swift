import WeixinModel

/// The state said in a paragraph, for screen readers, mail and chat: no boxes, no bars, every number exact.
public func plainText(_ state: State) -> String {
  if state.view == .accounts { return AccountText.paragraphs(state) }
  let words = state.numerals
  var sentences = [day(state, words)]
  if let messages = state.dayStatus.record?.messages, !messages.isEmpty {
    sentences.append(shares(messages, state))
    if let hours = messages.quietHours { sentences.append(quiet(hours, state)) }
  }
  if let record = state.dayStatus.record { sentences.append(record.leftOut.sentence(state.language)) }
  sentences.append(speed(state, words))
  if let failure = StatusLine.failure(state) {
    let explanation = Explanation(failure.error, state.language)
    sentences.append(explanation.paragraph(did: ""))
  }
  return sentences.filter { !$0.isEmpty }.joined(separator: state.language == .zh ? "" : " ") + "\n"
}

private func day(_ state: State, _ words: Numerals) -> String {
  let name = state.status.account.title.isEmpty ? state.status.account.name : state.status.account.title
  let date = words.date(state.day)
  guard let record = state.dayStatus.record else {
    let phrase: Phrase =
      switch state.dayState {
      case .beforeRecords: .beforeRecords
      case .notOver: .notOver
      case .unpublished: .unpublished
      case .failed: .failed
      case .neverFetched, .provisional, .final: .neverFetched
      }
    return state.language == .zh ? "\(name)，\(date)：\(phrase.chinese)。" : "\(name), \(date): \(phrase.english)."
  }
  let messages = record.messages
  let isChinese = state.language == .zh
  var text = isChinese ? "\(name)，\(date)：" : "\(name), \(date): "
  text += isChinese ? "\(words.exact(messages.total)) 条消息" : "\(words.exact(messages.total)) messages"
  if let before = state.keptTotal(of: state.day - 7),
    let tenths = Numerals.change(from: before, to: messages.total)
  {
    let size = words.percent(tenths: tenths)
    let other = words.shortDate(state.day - 7)
    text +=
      isChinese
      ? "，比\(other)\(tenths < 0 ? "少" : "多") \(size)" : ", \(size) \(tenths < 0 ? "less" : "more") than \(other)"
  }
  if let hour = messages.peakHour {
    let count = words.exact(messages.hourTotals[hour])
    text += isChinese ? "；高峰 \(words.hour(hour)) \(count) 条" : "; peak \(words.hour(hour)) with \(count)"
  }
  let standing = (record.isFinal ? Phrase.final : .provisional).text(state.language)
  return text + (isChinese ? "；\(standing)。" : "; \(standing).")
}

private func shares(_ messages: HourlyMessages, _ state: State) -> String {
  let figures = DayFigures(messages, metric: .messages, hidden: [])
  let parts = Series.allCases.filter { figures.seriesTotals[$0.rawValue] > 0 }.map { series in
    let count = state.numerals.exact(figures.seriesTotals[series.rawValue])
    return state.language == .zh ? "\(series.name(.zh)) \(count)" : "\(count) \(series.name(.en))"
  }
  return state.language == .zh ? parts.joined(separator: "、") + "。" : parts.joined(separator: ", ") + "."
}

private func quiet(_ hours: ClosedRange<Int>, _ state: State) -> String {
  let (from, to) = (twoDigits(hours.lowerBound) + ":00", twoDigits(hours.upperBound) + ":59")
  return state.language == .zh ? "\(from) 至 \(to) 没有消息。" : "No message from \(from) to \(to)."
}

private func speed(_ state: State, _ words: Numerals) -> String {
  guard let span = state.status.speed else { return "" }
  let at = "\(span.to.beijingDay) \(span.to.beijingClock)"
  let (level, real) = (span.speed.level, words.speed(span.speed.realspeed))
  return state.language == .zh
    ? "群发速度 L\(level)，\(real)（\(at)，UTC+8）。" : "Mass-send speed level \(level), \(real), seen \(at) (UTC+8)."
}
