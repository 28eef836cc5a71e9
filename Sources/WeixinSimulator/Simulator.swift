import FoundationEssentials
import LoopbackServer
public import WeixinModel

/// A stand-in for Weixin's API on a loopback port: the same paths, envelopes, checks and dates, with invented numbers.
public enum Simulator {
  /// The calls it answers, named as in the client.
  public typealias Endpoint = WeixinFault.Endpoint

  /// The seed when none is given.
  public static let defaultSeed: UInt64 = 20_141_201

  /// An account that the simulator knows.
  public struct Account: Hashable, Sendable {
    /// The app ID.
    public var appID: String
    /// The app secret; invented, so it may be seen.
    public var secret: String
    /// Decides its numbers.
    public var seed: UInt64
    /// How big it is beside the account of `--demo`.
    public var size = 1.0

    /// An account; by default the one of `--demo`.
    public init(
      appID: String = "wxdemo0000000001", secret: String = "demo-secret", seed: UInt64 = Simulator.defaultSeed
    ) {
      self.appID = appID
      self.secret = secret
      self.seed = seed
    }

    /// One of many: `wxdemo` and its number with ten digits. The first is the biggest, as in any fleet.
    public init(number: Int, seed: UInt64) {
      let digits = String(number)
      self.init(appID: "wxdemo" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits, seed: seed)
      size = 1 / Double(max(1, number)).squareRoot()
    }
  }

  /// How a simulator behaves.
  public struct Options: Sendable {
    /// The port on 127.0.0.1; 0 for any that is free.
    public var port = 0
    /// The accounts it knows.
    public var accounts: [Account]
    /// Tokens of the first account that are always good and belong to no call.
    public var readyTokens: [String] = []
    /// Its clock: decides today, and the ages of tokens.
    public var now: @Sendable () -> Timestamp = Simulator.systemTime
    /// Milliseconds before each answer.
    public var delay = 0
    /// How often each call may be made on a Beijing day before it is answered with 45009.
    public var dailyLimit = 10_000
    /// What goes wrong from the start. Of several faults of one call the first comes until its times are used up.
    public var faults: [Fault] = []
    /// The only thing that goes wrong from the start.
    public var fault: Fault {
      get { faults.first ?? .none }
      set { faults = [newValue] }
    }
    /// Seconds between changes of the mass-send speed; nil for an operator's rhythm.
    public var speedChangeEvery: Int?
    /// The mass-send speed at a moment, instead of the invented one.
    public var speed: (@Sendable (Timestamp) -> MassSendSpeed)?

    /// The account of `--demo`, with the numbers of a seed, on any port.
    public init(seed: UInt64 = Simulator.defaultSeed) {
      accounts = [Account(seed: seed)]
    }
  }

  /// The system's time.
  @Sendable public static func systemTime() -> Timestamp {
    Timestamp(seconds: Int(Date().timeIntervalSince1970.rounded(.down)))
  }

  /// A clock on which it is that day now, and which goes on at the system's pace: for `--today`.
  public static func clock(today: BeijingDay) -> @Sendable () -> Timestamp {
    let shift = (today - systemTime().beijingDay) * 86_400
    return { systemTime() + shift }
  }

  /// Starts answering; returns when the port is open.
  ///
  /// - Throws: `LoopbackServer.Failure` with the system's number when the port is taken.
  public static func start(_ options: Options = Options()) async throws -> RunningSimulator {
    let weixin = SimulatedWeixin(options)
    let responder = SimulatorResponder(weixin: weixin)
    let server = try await LoopbackServer.start(port: options.port, limits: .init(bodyBytes: 1 << 20)) {
      try await responder.answer(to: $0)
    }
    if Task.isCancelled {
      await server.stop()
      throw CancellationError()
    }
    return RunningSimulator(weixin: weixin, server: server)
  }
}
