public import ArgumentParser
public import Dashboard
import WeixinModel

/// What the dashboard shows; every one of them is a key in the dashboard, and `Y` copies the command for a screen.
struct ViewOptions: ParsableArguments {
  @Option(help: "Open in a view: day, week, month, year, all, table, speed or accounts.")
  var view: ViewName = .day

  @Option(help: ArgumentHelp("The inspected hour, 0 to 23; the day's peak unless given.", valueName: "hour"))
  var hour: Int?

  @Option(help: "What is counted: messages or users.")
  var metric: MetricChoice = .messages

  @Option(help: "Compare with: off, day (before), week (before), mark (a year before) or usual.")
  var compare: Compare?

  @Option(help: ArgumentHelp("Types to leave out: text,image,voice,video,link,other.", valueName: "types"))
  var hide: SeriesList?

  @Option(help: "The axis: auto, locked or log.")
  var scale: ScaleMode = .auto

  @Flag(help: "Shares of each hour instead of counts.")
  var composition = false

  @Flag(help: "Numbers on the bars.")
  var labels = false

  @Flag(help: "Nothing but the chart.")
  var chartOnly = false

  func validate() throws {
    if let hour, !(0...23).contains(hour) { throw ValidationError("--hour must be from 0 to 23.") }
  }

  var choice: ViewChoice {
    ViewChoice(
      view: view, hour: hour, metric: metric == .users ? .users : .messages, compare: compare,
      hidden: hide?.series ?? [], scale: scale, isComposition: composition, hasLabels: labels, isChartOnly: chartOnly)
  }
}

enum MetricChoice: String, ExpressibleByArgument, CaseIterable {
  case messages, users
}

/// `voice,video`.
struct SeriesList: ExpressibleByArgument {
  let series: Set<Series>

  init?(argument: String) {
    let names = argument.lowercased().split(separator: ",").map(String.init)
    let found = names.compactMap { name in Series.allCases.first { $0.keyName == name } }
    guard found.count == names.count, !names.isEmpty else { return nil }
    series = Set(found)
  }
}

extension ViewName: ExpressibleByArgument {}
extension Compare: ExpressibleByArgument {}
extension ScaleMode: ExpressibleByArgument {}
