import Dashboard
import WeixinAPI
import WeixinModel

/// What can be found out by calling Weixin, at most five times: how far the calls get, and what each of them brings.
struct CallChecks {
  let setup: AccountSetup
  let isOffline: Bool
  let language: Language

  /// The checks that come of it.
  static let checks: [Check] = [.proxy, .network, .clock, .whitelist, .token, .speed, .hourly, .quota]

  func findings() async -> [Finding] {
    let transport = AsyncHTTPTransport(
      environment: Environment.process.variables, proxy: setup.proxy, certificates: setup.certificates)
    let findings = await findings(transport)
    await transport.shutdown()
    return findings
  }

  private func findings(_ transport: AsyncHTTPTransport) async -> [Finding] {
    let words = CallWords(address: setup.apiBase.withoutLogin, language: language)
    let proxy: Finding
    do {
      proxy = words.proxy(try transport.proxyName(for: setup.apiBase))
    } catch {
      let rest = Self.checks.dropFirst().map { $0.skipped(needs: .proxy, language) }
      return [words.failure(.proxy, error as? APIError ?? .notAllowed(address: ""))] + rest
    }
    if isOffline { return [proxy] + Self.checks.dropFirst().map { $0.skipped("--offline") } }
    let allowance = CallAllowance()
    let server: WeixinServer
    do {
      server = try WeixinServer(
        address: setup.apiBase, transport: transport, userAgent: "wxtop/\(Version.text)",
        onCall: { _ in allowance.spend() })
    } catch {
      let rest = Self.checks.dropFirst(2).map { $0.skipped(needs: .network, language) }
      return [proxy, words.failure(.network, error as? APIError ?? .notAllowed(address: ""))] + rest
    }
    var course = CallCourse()
    await course.run(server, setup, allowance)
    return [proxy] + words.findings(course, skew: server.clockSkew.seconds)
  }
}
