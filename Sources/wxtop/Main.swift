import ArgumentParser
import CProcess
import Dashboard
import Glibc

/// The entry: every error leaves as one sentence on stderr and an exit status of sysexits.
@main
enum Main {
  static func main() async {
    StandardDescriptors.fill()
    cprocess_share_heap()
    // Whoever is process 1 gets the orphans of all others, which the rest of wxtop knows nothing of.
    if getpid() == 1 { leaveReaper() }
    InheritedSignals.note()
    // A core dump would hold the secret; the limit is for kernels that may not be asked, since children inherit it.
    if !cprocess_hide_memory() {
      var none = rlimit(rlim_cur: 0, rlim_max: 0)
      setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
    _ = Environment.process
    for name in secrets { cprocess_wipe(name) }
    signal(SIGPIPE, SIG_IGN)
    // Beyond a limit on the size of files a write is to fail, as on a full disk.
    signal(SIGXFSZ, SIG_IGN)
    let surroundings = Surroundings()
    surroundings.sayMissingCharset()
    let status = await run(Array(CommandLine.arguments.dropFirst()), in: surroundings)
    OutputQueue.finish()
    exit(status)
  }

  /// The variables that nobody else is to read.
  private static let secrets = ["WXTOP_SECRET", "WXTOP_TOKEN"]

  private static func leaveReaper() {
    let names = secrets.map { strdup($0) }
    cprocess_leave_reaper(names.map { UnsafePointer($0) } + [nil])
    for name in names { free(name) }
  }

  /// Does what the arguments say, and gives the exit status.
  static func run(_ arguments: [String], in surroundings: Surroundings) async -> Int32 {
    var language: Language?
    do {
      var command = try parse(Arguments.readable(arguments))
      language = (command as? any AccountCommand)?.options.choice(surroundings).language
      switch command {
      case let command as any Command: try await command.run(in: surroundings)
      default: try command.run()
      }
      return 0
    } catch {
      return status(of: error, language ?? surroundings.language, in: surroundings)
    }
  }

  /// The command that the words make. The dashboard reads them first, which spares it the tree of all commands; what it does not
  /// take, as another command or a wish for help, is read by the whole tree, which then has the say.
  static func parse(_ words: [String]) throws -> any ParsableCommand {
    if let dashboard = try? DashboardCommand.parseAsRoot(words) as? DashboardCommand { return dashboard }
    return try WxtopCommand.parseAsRoot(words)
  }

  /// Says what went wrong, and gives the exit status.
  private static func status(of error: any Error, _ language: Language, in surroundings: Surroundings) -> Int32 {
    if let failure = error as? CommandFailure {
      if let sentence = failure.sentence(language) { surroundings.say(sentence) }
      return failure.exitStatus
    }
    // Help and version, which were asked for, are errors to the parser.
    let code = WxtopCommand.exitCode(for: error)
    let message = WxtopCommand.fullMessage(for: error)
    // The parser wants a text in advance, for which two libraries would be opened at each start.
    let text = message == Version.text ? Version.report : message
    guard code.isSuccess else {
      surroundings.error.line(text)
      return code.rawValue
    }
    do throws(CommandFailure) {
      // Data that was asked for, as any other.
      try surroundings.output.write(text + "\n")
      return code.rawValue
    } catch {
      return status(of: error, language, in: surroundings)
    }
  }
}

/// `wxtop`, with the dashboard as what it does when nothing else is asked for.
struct WxtopCommand: ParsableCommand {
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
      MonitorCommand.self, MetricsCommand.self, AlertsCommand.self,
      AccountsCommand.self, DoctorCommand.self, AuditCommand.self, SimulateCommand.self, KeysCommand.self,
      ManualCommand.self, ErrorsCommand.self,
    ],
    defaultSubcommand: DashboardCommand.self)
}
