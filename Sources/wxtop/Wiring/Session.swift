import Dashboard
import Glibc
import MessageArchive
import Monitor
import Synchronization
import WeixinAPI
import WeixinModel

/// The parts that work for one account: client, archive and call count, wired once for a command.
final class Session: Sendable {
  let setup: AccountSetup
  let client: WeixinClient
  let archive: MessageArchive
  let archivePath: String?
  /// What is wrong with the archive at the moment.
  var archiveFault: ArchiveFault? { archive.fault }
  let ledger: CallLedger
  let clockSkew: ClockSkew
  private let tokenLife = TokenLife()
  /// The calls of this process.
  let tally = CallTally()
  private let fetched = Mutex(0)
  let isOffline: Bool
  private let connections: Connections
  /// Where people are told what went wrong beside the answers.
  private let error: Output
  private let saving = Mutex<Saving>(Saving())

  /// What went wrong with saving, and what has been said of it.
  private struct Saving {
    var fault: ArchiveFault?
    var said: ArchiveFault?
  }

  /// Wires the parts; makes no call. What accounts share comes from `connections`.
  init(
    setup: AccountSetup, archivePath: String?, isOffline: Bool, deadline: Int, connections: Connections = Connections(),
    error: Output
  ) throws(CommandFailure) {
    self.error = error
    self.setup = setup
    self.isOffline = isOffline
    self.archivePath = archivePath
    self.connections = connections
    archive = try connections.archive(at: archivePath, makesFile: !isOffline).archive
    let transport = connections.transport(proxy: setup.proxy, certificates: setup.certificates)
    let key = setup.archiveKey ?? setup.account.name
    let ledger = CallLedger(account: key, archive: archive, now: { Timestamp.now })
    self.ledger = ledger
    do {
      let server = try WeixinServer(
        address: setup.apiBase, transport: transport, userAgent: "wxtop/\(Version.text)",
        deadline: .seconds(deadline), onCall: { await ledger.count($0) },
        onEnd: { [tally] in tally.note($0, $1, $2) })
      let tokens = setup.tokens { [archive, tokenLife] appid, secret, call in
        AppToken(
          appID: appid, secret: secret, server: server, call: call,
          store: ArchivedTokens(archive: archive, account: appid, call: call), life: tokenLife)
      }
      client = WeixinClient(server: server, tokens: tokens)
      clockSkew = server.clockSkew
    } catch {
      throw .api(error as? APIError ?? .notAllowed(address: setup.apiBase.cleaned(limit: 80)))
    }
  }

  /// Runs a body with a session and closes it after, however the body ends.
  static func with<Result>(
    _ setup: AccountSetup, archivePath: String?, isOffline: Bool, deadline: Int = AccountChoice.usualDeadline,
    error: Output, _ body: (Session) async throws -> Result
  ) async throws -> Result {
    let session = try Session(
      setup: setup, archivePath: archivePath, isOffline: isOffline, deadline: deadline, error: error)
    do {
      let result = try await body(session)
      await session.close()
      return result
    } catch {
      await session.close()
      throw error
    }
  }

  /// Closes what the account shares, for whoever has no other.
  func close() async { await connections.close() }

  /// Where the access token comes from, and how long it is used.
  var tokenStanding: TokenStanding { TokenStanding(setup.credentials.origin, usedUntil: tokenLife.usedUntil) }

  /// The account's key in the archive.
  var archiveKey: String { setup.archiveKey ?? setup.account.name }

  /// Why nothing can be read of the archive where nothing else is asked: a command ends by it.
  var unreadable: ArchiveFault? { isOffline && archive.isInMemory ? archiveFault : nil }

  /// Says to people what is wrong with the archive, if anything is. What ends the command is said when it ends.
  func reportArchiveFault(_ language: Language) {
    if unreadable == nil, let sentence = archiveSentence(language) { error.line("wxtop: \(sentence)") }
  }

  /// What is wrong with the archive, if anything is.
  func archiveSentence(_ language: Language) -> String? {
    guard let archiveFault, let archivePath else { return nil }
    return archiveFault.sentence(path: archivePath, language)
  }

  /// Says to people, once, why answers could not be kept, if any could not.
  func reportSavingFault(_ language: Language) {
    let fault = saving.withLock { saving in
      defer { saving.said = saving.fault }
      return saving.fault == saving.said ? nil : saving.fault
    }
    for sentence in connections.lookAtArchives(language) { error.line("wxtop: \(sentence)") }
    guard let fault, let archivePath else { return }
    error.line("wxtop: \(fault.sentence(path: archivePath, language))")
  }

  /// Runs a body that reads the archive. Where nothing but the archive is asked, what cannot be read is not said to be missing.
  func reading<Value>(_ body: (MessageArchive) throws(ArchiveFault) -> Value?) throws(CommandFailure) -> Value? {
    do throws(ArchiveFault) {
      if let unreadable { throw unreadable }
      return try body(archive)
    } catch {
      guard isOffline, let archivePath else { return nil }
      throw .archive(error, path: archivePath)
    }
  }

  /// A day from the archive when it is final there, else from Weixin; what Weixin answers is kept.
  func record(of day: BeijingDay) async throws -> DayRecord {
    let kept = try reading { archive throws(ArchiveFault) in try archive.record(archiveKey, day: day) }
    if let kept, isOffline || !DayFetcher.isWanted(kept, at: Timestamp.now) { return kept }
    if isOffline { throw APIError.offline }
    let count = fetched.withLock { count in
      count += 1
      return count
    }
    // Many days are asked for at the pace at which the dashboard asks: production lives on the same quota.
    if count > 16 { try await Task.sleep(for: .milliseconds(250)) }
    do {
      // A disk that is full must not keep the answer from whoever asked for it.
      return try await fetcher.fetch(day) { fault in saving.withLock { $0.fault = fault } }
    } catch APIError.emptyDay {
      if let kept { return kept }
      throw APIError.emptyDay
    }
  }

  /// Fetches and keeps single days.
  var fetcher: DayFetcher {
    DayFetcher(api: client, archive: archive, account: archiveKey, now: { Timestamp.now })
  }
}

extension Session {
  /// Keeps a speed that was seen, where there is room.
  func save(_ speed: MassSendSpeed, at now: Timestamp, maxGap: Int) async {
    do throws(ArchiveFault) {
      _ = try await archive.saveSpeed(speed, at: now, account: archiveKey, maxGap: maxGap)
    } catch {
      saving.withLock { $0.fault = error }
    }
  }
}

extension Session {
  /// Asks Weixin for the quota of a call, unless some process did within the hour. Where it does not say, the assumed one
  /// stands.
  func askQuota(of endpoint: WeixinFault.Endpoint) async {
    if let again = ledger.budget.asksAgain(endpoint, at: Timestamp.now), again > Timestamp.now { return }
    if let quota = try? await client.quota(of: endpoint) { await ledger.note(quota, of: endpoint) }
  }
}

extension Timestamp {
  /// The system's time.
  static var now: Timestamp { Timestamp(seconds: time(nil)) }
}

extension APIError {
  /// Whether asking for another day would only bring the same error.
  var concernsAccount: Bool {
    switch self {
    case .unreachable, .timedOut, .tls, .noLibrary, .notAllowed, .noToken, .tokenSource, .tokenWithheld: return true
    default: break
    }
    switch errorClass {
    case .credentials, .networkPolicy, .accountState, .staleToken, .dayQuota, .minuteQuota: return true
    case .transient, .notReady, .reply, .request: return false
    }
  }
}
