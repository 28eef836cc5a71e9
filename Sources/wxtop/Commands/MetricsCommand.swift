import ArgumentParser
import Dashboard
import Monitor
import WeixinModel

/// `wxtop metrics`: what is known of the accounts, for Prometheus and what speaks its language.
struct MetricsCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "A Prometheus endpoint that watches all configured accounts, until stopped.",
    discussion: """
      It answers GET /metrics from what the last polls brought (as OpenMetrics if asked for), /-/healthy, and /-/ready once \
      every account has a first status. SIGTERM and ^C finish the answers under way and end it with status 0.
      """)

  /// What goes with the endpoint, printed instead of opening it.
  enum Companion: String, EnumerableFlag {
    case systemdUnit, grafanaDashboard, prometheusRules

    static func help(for value: Companion) -> ArgumentHelp? {
      switch value {
      case .systemdUnit: "Print a hardened systemd unit and exit."
      case .grafanaDashboard: "Print a Grafana dashboard (JSON) and exit."
      case .prometheusRules: "Print recording and alert rules for Prometheus and exit."
      }
    }

    var text: String {
      switch self {
      case .systemdUnit: SystemdUnit.metrics.text
      case .grafanaDashboard: GrafanaDashboard.text
      case .prometheusRules: PrometheusRules.text
      }
    }
  }

  @Option(help: ArgumentHelp("Where to answer; 127.0.0.1:9414 unless given.", valueName: "addr:port"))
  var listen: String?

  @Option(
    help: ArgumentHelp(
      "A name of this machine by which it may be asked, besides addresses and localhost; may be given again.",
      valueName: "name"))
  var host: [String] = []

  @OptionGroup var polls: PollOptions

  @Flag var companion: Companion?

  @OptionGroup var options: AccountOptions

  func validate() throws {
    if options.offline { throw ValidationError("The metrics come from polls; --offline does not go with them.") }
  }

  func run(in surroundings: Surroundings) async throws {
    if let companion {
      try surroundings.output.write(companion.text, isUTF8: true)
      return
    }
    var choice = options.choice(surroundings, interval: polls.interval)
    let configuration = try choice.configuration()
    let language = choice.language(configuration)
    let surroundings = surroundings.queued(language)
    choice.surroundings = surroundings
    var address = ListenAddress.usual
    if let listen {
      guard let given = ListenAddress(listen) else { throw CommandFailure.usage(ListenAddress.wrong(listen, language)) }
      address = given
    }
    for name in host where HostName(name) == nil { throw CommandFailure.usage(HostName.wrong(name, language)) }
    let watching = Watching(
      choice, configuration, language: language)
    let wanted = address
    let opening: @Sendable (Fleet) async throws -> MetricsServer = {
      try await server(of: $0, wanted, surroundings, language)
    }
    try await watching.untilStopped(opening: opening) { _, server in
      // Whoever reads it may go away; the endpoint stays.
      try? surroundings.output.write("http://\(server.address.text)/metrics\n")
      try await server.untilStopped()
    }
  }

  private func server(
    of fleet: Fleet, _ address: ListenAddress, _ surroundings: Surroundings, _ language: Language
  ) async throws(CommandFailure) -> MetricsServer {
    let server = try await MetricsServer.start(
      address,
      MetricsResponder(
        hosts: host, accounts: { await fleet.metrics }, unready: { await fleet.monitor.unready }, now: { Timestamp.now }
      ))
    if !address.isLoopback { surroundings.say(server.address.openToOthers(language)) }
    return server
  }
}
