import ArgumentParser
import Dashboard
import Glibc

/// The entry: every error leaves as one sentence on stderr and an exit status of sysexits.
@main
enum Main {
  static func main() async {
    StandardDescriptors.fill()
    // A core dump would hold the secret.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    signal(SIGPIPE, SIG_IGN)
    // Beyond a limit on the size of files a write is to fail, as on a full disk.
    signal(SIGXFSZ, SIG_IGN)
    var language = Language(environment: Environment.process.variables)
    do {
      var command = try WxtopCommand.parseAsRoot(Arguments.readable(Array(CommandLine.arguments.dropFirst())))
      if let command = command as? any AccountCommand { language = command.options.language }
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      if let sentence = failure.sentence(language) { StandardError.write("wxtop: \(sentence)") }
      exit(failure.exitStatus)
    } catch {
      // The parser wants a text in advance, for which two libraries would be opened at each start.
      if WxtopCommand.message(for: error) == Version.text {
        print(Version.report)
        return
      }
      WxtopCommand.exit(withError: error)
    }
  }
}

/// `wxtop`, with the dashboard as what it does when nothing else is asked for.
struct WxtopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wxtop",
    abstract: "htop for a Weixin Official Account.",
    discussion: """
      Polls the mass-send speed and draws the hourly upstream messages of any day since 2014-12-01. It only reads, \
      and never takes an access token away from production. Try it without an account: wxtop --demo
      """,
    version: Version.text,
    subcommands: [
      DashboardCommand.self, SpeedCommand.self, HoursCommand.self, BackfillCommand.self, ExportCommand.self,
      MonitorCommand.self, MetricsCommand.self,
      AccountsCommand.self, DoctorCommand.self, AuditCommand.self, SimulateCommand.self, KeysCommand.self,
      ManualCommand.self, ErrorsCommand.self,
    ],
    defaultSubcommand: DashboardCommand.self)
}
