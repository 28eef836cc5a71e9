import TerminalScreen
import WeixinModel

/// The second row of a wide view: the range in a few numbers.
enum WideFigures {
  /// The sum, or the lower bound, and the days that it is of.
  static func total(_ figures: RangeFigures, _ state: State) -> Line {
    guard figures.days > 0 else { return Line(Phrase.noneKept.text(state.language), .dim) }
    var line = Line(amount(figures.total, state), .strong)
    let noun: Phrase = state.metric == .messages ? .messages : .users
    line.add(" " + noun.text(state.language), .dim)
    let days = Phrase.inDays(state.numerals.exact(figures.days), isOne: figures.days == 1)
    line.add(" " + days.text(state.language), .dim)
    if let words = state.withoutWords { line.add(" " + words.text(state.language), Style(.warning)) }
    return line
  }

  /// A number, marked where it is only a lower bound.
  static func amount(_ number: Int, _ state: State) -> String {
    (state.metric == .users && number > 0 ? state.mode.glyphs.atLeast : "") + state.numerals.exact(number)
  }

  /// A number as exactly as so many columns allow.
  static func fitting(_ number: Int, width: Int, _ state: State) -> String {
    let short = state.numerals.short(number)
    let isBound = state.metric == .users && number > 0
    let forms = [amount(number, state), (isBound ? state.mode.glyphs.atLeast : "") + short]
    return forms.first { DisplayWidth.of($0) <= width } ?? short
  }

  /// The change of the days that could be compared.
  static func change(_ figures: RangeFigures, _ state: State) -> Line {
    guard let tenths = Numerals.change(from: figures.before, to: figures.compared) else { return Line() }
    return FiguresPanel.changeLine(state, tenths: tenths)
  }

  static func dim(_ phrase: Phrase, if isShown: Bool, _ state: State) -> Line {
    isShown ? Line(phrase.text(state.language), .dim) : Line()
  }

  /// The mean of a day. Users do not add up, so they have none.
  static func mean(_ figures: RangeFigures, _ state: State) -> Line {
    guard state.metric == .messages, let mean = figures.mean, figures.total > 0 else { return Line() }
    return pair(Phrase.aDay, state.numerals.exact(mean), state)
  }

  /// The day with the most.
  static func best(_ figures: RangeFigures, _ state: State, name: (BeijingDay) -> String) -> Line {
    guard let best = figures.best else { return Line() }
    return pair(.best, name(best) + " " + state.numerals.exact(figures.most), state)
  }

  /// A dim word and its value; in English `a day` follows its number.
  static func pair(_ word: Phrase, _ value: String, _ state: State) -> Line {
    var line = Line()
    if word == .aDay, state.language == .en {
      line.add(value)
      line.add(" " + word.text(.en), .dim)
    } else {
      line.add(word.text(state.language) + " ", .dim)
      line.add(value)
    }
    return line
  }

  static func draw(_ parts: [Line], dropping order: [Int], row: Int, _ frame: inout Frame) {
    let line = Line.fitting(parts, gap: 2, width: frame.size.width - 2, dropping: order)
    frame.write(line, row: row, column: 1, limit: frame.size.width - 1)
  }

  /// A change without its tenth, for columns: `▴12%`.
  static func briefChange(from old: Int?, to new: Int?, _ state: State) -> Line {
    guard let old, let new, let tenths = Numerals.change(from: old, to: new) else { return Line() }
    let (line, glyphs) = (FiguresPanel.changeLine(state, tenths: tenths), state.mode.glyphs)
    let percent = (abs(tenths) + 5) / 10
    guard percent <= 999 else {
      return Line("\(tenths > 0 ? glyphs.rise : glyphs.fall)>999%", line.spans.first?.style ?? .standard)
    }
    let glyph = percent == 0 ? "=" : String(Character(tenths > 0 ? glyphs.rise : glyphs.fall))
    return Line("\(glyph)\(percent)%", line.spans.first?.style ?? .standard)
  }
}

extension WideFigures {
  /// The figures of a month or year against the one before, of which a name is given.
  static func draw(_ figures: RangeFigures, name: String, _ state: State, row: Int, _ frame: inout Frame) {
    let numerals = state.numerals
    let versus = Phrase.days(numerals.exact(figures.comparedDays), of: name)
    draw(
      [
        total(figures, state), mean(figures, state), change(figures, state),
        dim(versus, if: figures.before > 0, state), best(figures, state) { numerals.dayAndMonth($0) },
      ], dropping: [4, 1, 3, 2], row: row, &frame)
  }
}
