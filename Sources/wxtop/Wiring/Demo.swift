import Glibc
import MessageArchive
import WeixinAPI
import WeixinModel
import WeixinSimulator

/// Some accounts on an embedded simulator, with an archive in a temporary folder that goes when the demo ends.
struct Demo {
  let simulator: RunningSimulator
  let folder: DemoFolder

  static func start(in place: String) async throws(CommandFailure) -> Demo {
    for leftover in DemoFolder.leftovers(in: place) { leftover.remove() }
    guard let folder = DemoFolder.make(in: place) else {
      throw .simulator("No temporary folder could be made for the demo: \(String(cString: strerror(errno))).")
    }
    do {
      return Demo(simulator: try await Simulator.start(options), folder: folder)
    } catch {
      folder.remove()
      throw .simulator("The simulator could not be started: \(error).")
    }
  }

  var archivePath: String { folder.path + "/archive.sqlite" }

  /// All accounts of the demo. One has a wrong secret, as there is always one of which something is wrong.
  var accounts: [Fleet.Found] {
    Self.others.reduce(into: [Fleet.Found(account: setup.account, setup: .success(setup))]) { accounts, other in
      let setup = setup(of: Account(name: other.name, title: other.title), other.account, secret: other.secret)
      accounts.append(Fleet.Found(account: setup.account, setup: .success(setup)))
    }
  }

  /// The account that is shown first.
  var setup: AccountSetup {
    setup(of: Account(name: "demo", title: "艾克美", accent: 3), Simulator.Account(), secret: Simulator.Account().secret)
  }

  private func setup(of account: Account, _ simulated: Simulator.Account, secret: String) -> AccountSetup {
    AccountSetup(
      account: account, archiveKey: simulated.appID,
      credentials: .appSecret(appid: simulated.appID, secret: Secret(secret)), apiBase: simulator.baseURL, proxy: nil)
  }

  private static let others: [(name: String, title: String, account: Simulator.Account, secret: String)] = [
    ("shop", "商城", Simulator.Account(number: 2, seed: 11), Simulator.Account().secret),
    ("jobs", "招聘", Simulator.Account(number: 3, seed: 12), Simulator.Account().secret),
    ("lab", "", Simulator.Account(number: 4, seed: 13), "not-the-secret"),
  ]

  private static var options: Simulator.Options {
    var options = Simulator.Options()
    options.accounts += others.map(\.account)
    return options
  }

  /// Speeds as a wxtop would have seen them that had watched since the day before yesterday.
  func watchInRetrospect(_ archive: MessageArchive, until now: Timestamp) async {
    for span in SimulatedSpeed().spans(from: now + -60 * 3_600, to: now) {
      for moment in [span.from, span.to] {
        _ = try? await archive.saveSpeed(span.speed, at: moment, account: Simulator.Account().appID, maxGap: 86_400)
      }
    }
  }

  /// Keeps the days that a wxtop would have that has run for years; the newest ones are fetched as ever.
  ///
  /// It takes a second, so nobody waits for it.
  func remember(_ archive: MessageArchive, until now: Timestamp) async {
    let history = SimulatedHistory()
    var day = Publication.newestOpen(at: now) - 16
    while day >= .firstKept, !Task.isCancelled {
      let messages = HourlyMessages(day: day, rows: history.rows(on: day))
      let record = DayRecord(messages: messages, isFinal: true, fetchedAt: (day + 1).start(ofHour: 12) + 240)
      _ = try? await archive.save(record, account: Simulator.Account().appID)
      day = day - 1
    }
  }

  /// Stops the simulator and removes the folder.
  func end() async {
    await simulator.stop()
    folder.remove()
  }
}
