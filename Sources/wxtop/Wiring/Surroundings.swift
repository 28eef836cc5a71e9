import CursesTerminal

/// What a command has from whoever started it: the environment, and the places for its words. A value, so that the tests read a
/// command's report without a process.
struct Surroundings: Sendable {
  var environment = Environment.process
  /// Data for programs.
  var output = Output.standard
  /// Lines for people, beside the data.
  var error = Output.error
  /// What the terminal could do: ncurses can be asked by one at a time.
  var survey: @Sendable (Environment) -> TerminalSurvey = { TerminalSurvey(environment: $0.variables) }
  /// Whether signals end a command, as they should where it is all that the process does.
  var heedsSignals = true

  /// One sentence for people.
  func say(_ sentence: String) { error.line("wxtop: \(sentence)") }
}
