import LoopbackServer
public import WeixinModel

/// A simulator that answers until ``stop()``.
public struct RunningSimulator: Sendable {
  let weixin: SimulatedWeixin
  let server: LoopbackServer

  /// The port on 127.0.0.1.
  public var port: Int { server.port }

  /// The address to give to a client: `http://127.0.0.1:PORT`.
  public var baseURL: String { "http://127.0.0.1:\(port)" }

  /// The calls that have arrived so far, by endpoint.
  public var calls: [Simulator.Endpoint: Int] { get async { await weixin.calls } }

  /// Token calls that asked for `force_refresh`: a dashboard makes none.
  public var forcedRefreshes: Int { get async { await weixin.forcedRefreshes } }

  /// Makes something go wrong from the next call on, or ends it with ``Fault/none``.
  public func setFault(_ fault: Fault) async {
    await weixin.set(faults: [fault])
  }

  /// Makes several things go wrong from the next call on.
  public func setFaults(_ faults: [Fault]) async {
    await weixin.set(faults: faults)
  }

  /// Sets the mass-send speed of every account, as an operator would. Nothing checks that the two belong together.
  public func setSpeed(level: Int, realspeed: Int) async {
    await weixin.set(speed: MassSendSpeed(level: level, realspeed: realspeed))
  }

  /// Makes every token invalid, as another program with the account's secret can: the next call gets 40001.
  public func revokeTokens() async {
    await weixin.revokeTokens()
  }

  /// Waits until it ends: until ``stop()``, or the cancellation of the caller, which stops it.
  public func untilStopped() async {
    await server.untilStopped()
  }

  /// Closes the port and all connections.
  public func stop() async {
    await server.stop()
  }
}
