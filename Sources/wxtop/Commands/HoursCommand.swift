import ArgumentParser
import Dashboard
import MessageArchive
import WeixinAPI
import WeixinModel

/// `wxtop hours`: the hourly messages of one or several days.
struct HoursCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "hours",
    abstract: "Hourly messages by type; yesterday in Beijing unless dates are given.",
    discussion: "Dates: 2024-11-11, 11-11, -7, yesterday, last mon, 11月11日, 昨天, 上周, 上个月.")

  @Argument(help: ArgumentHelp("The day.", valueName: "date"))
  var date: String?

  @Option(name: .customLong("from"), parsing: .unconditional, help: ArgumentHelp("The first day.", valueName: "date"))
  var firstDate: String?

  @Option(name: .customLong("to"), parsing: .unconditional, help: ArgumentHelp("The last day.", valueName: "date"))
  var lastDate: String?

  @Option(help: ArgumentHelp("The newest days, so many.", valueName: "number"))
  var days: Int?

  @Option(help: "text, json or csv.")
  var format: ReportFormat = .text

  @Flag(name: .customLong("bom"), help: "Begin CSV with a byte order mark, by which spreadsheets know UTF-8.")
  var hasMark = false

  @OptionGroup var options: AccountOptions

  func validate() throws {
    if hasMark, format != .csv { throw ValidationError("--bom goes with --format csv.") }
    let ways = [date != nil, firstDate != nil || lastDate != nil, days != nil].count { $0 }
    if ways > 1 { throw ValidationError("Give a date, or --from and --to, or --days, not several of them.") }
    if let days, !(1...10_000).contains(days) { throw ValidationError("--days must be from 1 to 10000.") }
    if lastDate != nil, firstDate == nil { throw ValidationError("--to needs --from.") }
  }

  func run(in surroundings: Surroundings) async throws {
    let choice = options.choice(surroundings)
    let range = try DayRange(
      date: date, from: firstDate, to: lastDate, days: days, now: Timestamp.now
    ).resolved
    let setup = try await choice.setup(try choice.configuration())
    try await Session.with(
      setup, archivePath: choice.archivePath(setup), isOffline: choice.offline, deadline: choice.deadline,
      error: surroundings.error
    ) { session in
      session.reportArchiveFault(choice.language)
      try await withSignals(surroundings) { try await report(range, session, choice) }
    }
  }

  private func report(_ range: ClosedRange<BeijingDay>, _ session: Session, _ choice: AccountChoice) async throws {
    let surroundings = choice.surroundings
    var writer = HourlyWriter(surroundings, format: format, language: choice.language, hasMark: hasMark)
    var firstFailure: APIError?
    var failures = 0
    // On a terminal the rows themselves show how far it is.
    let meter = range.count > 1 && !surroundings.output.isTerminal ? ProgressLine(surroundings.error) : nil
    defer { meter?.end() }
    for (index, day) in range.enumerated() {
      meter?.show { "\(day)  \(index)/\(range.count)" }
      do {
        let record = try await choice.retries.trying { try await session.record(of: day) }
        try writer.write(record)
        let leftOut = record.leftOut.sentence(choice.language)
        if !leftOut.isEmpty { surroundings.say("\(day): \(leftOut)") }
      } catch let error as APIError {
        firstFailure = firstFailure ?? error
        failures += 1
        surroundings.say("\(day): \(Explanation(error, choice.language).paragraph(did: ""))")
        if error.concernsAccount || (failures >= 3 && error.errorClass != .notReady && !session.isOffline) { break }
      }
    }
    try writer.finish()
    session.reportSavingFault(choice.language)
    if let firstFailure { throw CommandFailure.daysMissing(first: firstFailure) }
  }
}

/// The days that the arguments ask for.
struct DayRange {
  let resolved: ClosedRange<BeijingDay>

  init(date: String?, from: String?, to: String?, days: Int?, now: Timestamp) throws(CommandFailure) {
    let today = now.beijingDay
    // Whatever is asked for: with such a clock there is no day that is over and kept.
    if let problem = CommandFailure.DateProblem(clock: now) { throw .date(problem) }
    func parse(_ text: String) throws(CommandFailure) -> ClosedRange<BeijingDay> {
      let days: ClosedRange<BeijingDay>
      do throws(DateExpression.Refusal) {
        days = try DateExpression.span(text, today: today)
      } catch {
        throw .date(.refusal(error))
      }
      if days.upperBound < .firstKept { throw .date(.tooEarly(days.lowerBound)) }
      if days.lowerBound >= today { throw .date(.notOver(days.lowerBound, newest: today - 1)) }
      // Of a month or a year, the days that there are.
      return max(.firstKept, days.lowerBound)...min(today - 1, days.upperBound)
    }
    if let days {
      let newest = Publication.newestOpen(at: now)
      resolved = max(.firstKept, newest - (days - 1))...newest
      return
    }
    let days = try parse(from ?? date ?? "yesterday")
    let first = days.lowerBound
    let last = from == nil ? days.upperBound : try to.map(parse)?.upperBound ?? (today - 1)
    if first > last { throw .date(.reversed(from: first, to: last)) }
    resolved = first...last
  }
}
