import ArgumentParser

/// How often the mass-send speed is asked for.
struct PollOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Seconds between polls of the mass-send speed, 5 or more.", valueName: "seconds"))
  var interval: Int?

  func validate() throws { try Self.validate(interval: interval) }

  /// Refuses what no command polls by.
  static func validate(interval: Int?) throws {
    if let interval, !(5...86_400).contains(interval) {
      throw ValidationError("--interval must be from 5 to 86400 seconds.")
    }
  }
}
