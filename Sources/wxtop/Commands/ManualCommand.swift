import ArgumentParser

/// `wxtop manual`: the manual page, made from the commands and the keys, so that it cannot lag behind them.
struct ManualCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "The manual page, for man.",
    discussion: """
      To install it:
        wxtop manual | sudo tee /usr/local/share/man/man1/wxtop.1 > /dev/null
      """)

  func run(in surroundings: Surroundings) throws { try surroundings.output.write(ManualPage.text) }
}
