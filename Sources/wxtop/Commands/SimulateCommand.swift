import ArgumentParser
import Dashboard
import LoopbackServer
import WeixinModel
import WeixinSimulator

/// `wxtop simulate`: the stand-in for Weixin's API, in the foreground.
struct SimulateCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "A stand-in for the Weixin API on this machine, until stopped.",
    discussion: """
      A fault is KIND, KIND*TIMES for the first calls only, or either with :ENDPOINT behind it for that call only:
      \(endpoints). Of several faults of one call the first comes until its times are used up.

      \(faultList)

      Such as: wxtop simulate --fault errcode=-1*2 --fault late=10:hourly
      """)

  private static let endpoints = Simulator.Endpoint.allCases.map(\.rawValue).joined(separator: ", ")
  private static let faultList = Fault.explanations.map { form, meaning in
    form + String(repeating: " ", count: 16 - form.count) + meaning
  }.joined(separator: "\n")

  @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 for any.", valueName: "number"))
  var port = 8_414

  @Option(help: ArgumentHelp("Decides the invented numbers.", valueName: "number"))
  var seed: UInt64 = Simulator.defaultSeed

  @Option(parsing: .unconditional, help: ArgumentHelp("The simulated date of today.", valueName: "date"))
  var today: String?

  @Option(help: ArgumentHelp("Milliseconds before each answer.", valueName: "ms"))
  var delay = 0

  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp("What goes wrong, as below. May be given several times.", valueName: "fault"))
  var faults: [String] = []

  @Option(help: ArgumentHelp("How often each call is answered on a Beijing day before 45009.", valueName: "number"))
  var dailyLimit = 10_000

  @Option(
    help: ArgumentHelp("How many accounts it knows: wxdemo0000000001 and so on, one secret.", valueName: "number"))
  var accounts = 1

  @Option(help: ArgumentHelp("Seconds between changes of the mass-send speed.", valueName: "seconds"))
  var speedChangeEvery: Int?

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    guard (0...600_000).contains(delay) else { throw ValidationError("--delay must be from 0 to 600000.") }
    if let speedChangeEvery, speedChangeEvery < 1 {
      throw ValidationError("--speed-change-every must be 1 second or more.")
    }
    guard (1...10_000).contains(accounts) else { throw ValidationError("--accounts must be from 1 to 10000.") }
    guard dailyLimit >= 0 else { throw ValidationError("--daily-limit must be 0 or more.") }
    for fault in faults where Fault(fault) == nil {
      throw ValidationError(
        "There is no fault \(fault). Write one of \(Fault.forms.joined(separator: ", ")), and behind a colon "
          + "\(Self.endpoints) to fail only that call.")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    var options = Simulator.Options()
    options.port = port
    options.accounts = (0..<accounts).map { Simulator.Account(number: $0 + 1, seed: seed &+ UInt64($0)) }
    options.delay = delay
    options.faults = faults.compactMap { Fault($0) }
    options.dailyLimit = dailyLimit
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
    } catch LoopbackServer.Failure.library(let cause) {
      throw CommandFailure.simulator("The simulator could not be started: \(LoopbackServer.Failure.library(cause)).")
    } catch {
      throw CommandFailure.simulator("Port \(port) cannot be opened: \(error). Choose another with --port.")
    }
    let account = Simulator.Account()
    try surroundings.output.write(
      """
      Simulated Weixin API on \(simulator.baseURL), until ^C. To look at it:
        WXTOP_API_BASE=\(simulator.baseURL) WXTOP_APPID=\(account.appID) WXTOP_SECRET=\(account.secret) wxtop

      """)
    try await withSignals(surroundings) { await simulator.untilStopped() }
  }
}
