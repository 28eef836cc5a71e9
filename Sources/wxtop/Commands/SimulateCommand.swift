import ArgumentParser
import Dashboard
import WeixinModel
import WeixinSimulator

/// `wxtop simulate`: the stand-in for Weixin's API, in the foreground.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "A stand-in for the Weixin API on this machine, until stopped.")

  @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 for any.", valueName: "number"))
  var port = 8_414

  @Option(help: ArgumentHelp("Decides the invented numbers.", valueName: "number"))
  var seed: UInt64 = Simulator.defaultSeed

  @Option(parsing: .unconditional, help: ArgumentHelp("The simulated date of today.", valueName: "date"))
  var today: String?

  @Option(help: ArgumentHelp("Milliseconds before each answer.", valueName: "ms"))
  var delay = 0

  @Option(
    help: ArgumentHelp(
      "What goes wrong: \(Fault.forms.joined(separator: ", ")); with :token, :speed or :hourly behind it only there.",
      valueName: "fault"))
  var fault: String?

  @Option(help: ArgumentHelp("Seconds between changes of the mass-send speed.", valueName: "seconds"))
  var speedChangeEvery: Int?

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    guard (0...600_000).contains(delay) else { throw ValidationError("--delay must be from 0 to 600000.") }
    if let speedChangeEvery, speedChangeEvery < 1 {
      throw ValidationError("--speed-change-every must be 1 second or more.")
    }
    if let fault, Fault(fault) == nil {
      throw ValidationError(
        "There is no fault \(fault). Write one of \(Fault.forms.joined(separator: ", ")), and behind a colon "
          + "token, speed or hourly to fail only that call.")
    }
  }

  func run() async throws {
    var options = Simulator.Options()
    options.port = port
    options.accounts = [Simulator.Account(seed: seed)]
    options.delay = delay
    options.fault = fault.flatMap { Fault($0) } ?? .none
    options.speedChangeEvery = speedChangeEvery
    if let today {
      do throws(DateExpression.Refusal) {
        options.now = Simulator.clock(today: try DateExpression.parse(today, today: Timestamp.now.beijingDay))
      } catch {
        throw CommandFailure.date(.refusal(error))
      }
    }
    let simulator: RunningSimulator
    do {
      simulator = try await Simulator.start(options)
    } catch {
      throw CommandFailure.simulator("Port \(port) cannot be opened: \(error). Choose another with --port.")
    }
    let account = Simulator.Account()
    try StandardOutput.write(
      """
      Simulated Weixin API on \(simulator.baseURL), until ^C. To look at it:
        WXTOP_API_BASE=\(simulator.baseURL) WXTOP_APPID=\(account.appID) WXTOP_SECRET=\(account.secret) wxtop

      """)
    try await withSignals { await simulator.untilStopped() }
  }
}
