import ArgumentParser

/// `wxtop doctor`: what is wrong, and who must do what.
struct DoctorCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks configuration, files, network, clock, token, both endpoints, quota and terminal.",
    discussion: """
      Each line says ok, warning, fail or skipped; under it stands who must do what. It changes nothing and makes at most \
      five calls to Weixin. The summary at its end can be pasted into a ticket: it holds no secret.
      """)

  @Option(help: "text or json.")
  var format: ListFormat = .text

  @OptionGroup var options: AccountOptions

  func run(in surroundings: Surroundings) async throws {
    let choice = options.choice(surroundings)
    let format = format
    try await withSignals(surroundings) {
      var doctor = Doctor(choice)
      await doctor.examine()
      try Task.checkCancellation()
      let report = DoctorReport(doctor)
      try surroundings.output.write(format == .json ? report.json : report.text, isUTF8: format == .json)
      if report.exitStatus != 0 { throw CommandFailure.foundWrong(status: report.exitStatus) }
    }
  }
}

/// How a list is written.
enum ListFormat: String, Choice {
  case text, json
}
