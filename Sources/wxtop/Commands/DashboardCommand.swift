import ArgumentParser
import Dashboard
import TerminalScreen
import WeixinModel

/// `wxtop`: the dashboard, or one frame of it.
struct DashboardCommand: AccountCommand {
  // The name above it makes no difference in the tree; read by itself it is asked for no completions, which are the tree's.
  static let configuration = CommandConfiguration(
    commandName: "dashboard", _superCommandName: "wxtop", abstract: "The dashboard (the default).")

  @OptionGroup var options: AccountOptions

  @Flag(help: "Look at a simulated account: no credentials, no network, nothing left behind.")
  var demo = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Open at a day: 2024-11-11, 11-11, -7, yesterday.", valueName: "date"))
  var date: String?

  @Flag(help: "Print one frame and exit.")
  var once = false

  @Flag(help: "Say the day, or with --view accounts all accounts, in sentences and exit.")
  var plain = false

  @Option(help: ArgumentHelp("The size of the frame for --once.", valueName: "80x24"))
  var size: FrameSize?

  @OptionGroup var polls: PollOptions

  @OptionGroup var views: ViewOptions

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    if once, plain { throw ValidationError("Give --once or --plain, not both.") }
    if plain, !unsaid.isEmpty {
      throw ValidationError(
        "--plain says a day or the accounts in words, and does not go with \(unsaid.joined(separator: ", ")). "
          + "--once draws a screen.")
    }
    if demo, options.offline {
      throw ValidationError("--demo has an account of its own; --offline does not go with it.")
    }
  }

  /// The given options that words cannot follow.
  private var unsaid: [String] {
    var names = views.unsaid + screen.unsaid
    if size != nil { names.append("--size") }
    // The accounts are listed for their newest day.
    if date != nil, views.view == .accounts { names.append("--date") }
    return names
  }
}

/// `80x24`: columns by rows.
struct FrameSize: ExpressibleByArgument {
  let size: Size

  init?(argument: String) {
    let parts = argument.halfWidth.lowercased().split(omittingEmptySubsequences: false) { "x*".contains($0) }
    guard parts.count == 2, let width = Int(digits: parts[0]), let height = Int(digits: parts[1]),
      (1...1_000).contains(width),
      (1...1_000).contains(height)
    else { return nil }
    size = Size(width: width, height: height)
  }
}
