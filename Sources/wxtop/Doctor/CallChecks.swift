import Dashboard
import MessageArchive
import Monitor
import WeixinAPI
import WeixinModel

/// What can be found out by calling Weixin, at most five times: how far the calls get, and what each of them brings.
struct CallChecks {
  let setup: AccountSetup
  /// Where the other processes of the account share tokens and count calls, if there is an archive.
  let archivePath: String?
  let isOffline: Bool
  let language: Language
  let isASCII: Bool
  /// Seconds for one call.
  let deadline: Int

  /// The checks that come of it.
  static let checks: [Check] = [.libcurl, .proxy, .network, .clock, .whitelist, .token, .speed, .hourly, .quota]

  func findings() async -> [Finding] {
    let transport = CurlTransport(
      environment: Environment.process.variables, proxy: setup.proxy, certificates: setup.certificates)
    let archive = openArchive()
    let findings = await findings(transport, archive)
    try? archive?.close()
    await transport.shutdown()
    return findings
  }

  /// The archive as it stands; none where it would have to be made, brought up to date or moved aside first.
  private func openArchive() -> MessageArchive? {
    guard let archivePath, (try? MessageArchive.condition(at: archivePath)) == .current else { return nil }
    return try? MessageArchive.open(at: archivePath).archive
  }

  private func findings(_ transport: CurlTransport, _ archive: MessageArchive?) async -> [Finding] {
    let words = CallWords(address: setup.apiBase.withoutLogin, language: language, isASCII: isASCII)
    let library: Finding
    do throws(APIError) {
      library = Check.libcurl.ok(try CurlLibrary.version())
    } catch {
      let rest = Self.checks.dropFirst().map { $0.skipped(needs: .libcurl, language) }
      return [words.failure(.libcurl, error)] + rest
    }
    let proxy: Finding
    do throws(APIError) {
      proxy = words.proxy(try transport.proxyName(for: setup.apiBase))
    } catch {
      let rest = Self.checks.dropFirst(2).map { $0.skipped(needs: .proxy, language) }
      return [library, words.failure(.proxy, error)] + rest
    }
    if isOffline { return [library, proxy] + Self.checks.dropFirst(2).map { $0.skipped("--offline") } }
    let allowance = CallAllowance()
    let key = setup.archiveKey ?? setup.account.name
    let ledger = archive.map { CallLedger(account: key, archive: $0, now: { Timestamp.now }) }
    let server: WeixinServer
    do {
      server = try WeixinServer(
        address: setup.apiBase, transport: transport, userAgent: "wxtop/\(Version.text)",
        deadline: .seconds(deadline),
        onCall: { endpoint in
          allowance.spend()
          await ledger?.count(endpoint)
        })
    } catch {
      let rest = Self.checks.dropFirst(3).map { $0.skipped(needs: .network, language) }
      return [library, proxy, words.failure(.network, error as? APIError ?? .notAllowed(address: ""))] + rest
    }
    var course = CallCourse()
    let source = setup.tokens { appid, secret, call in
      AppToken(
        appID: appid, secret: secret, server: server, call: call,
        store: archive.map { ArchivedTokens(archive: $0, account: appid, call: call) })
    }
    await course.run(server, source, allowance)
    return [library, proxy] + words.findings(course, skew: server.clockSkew.seconds)
  }
}
