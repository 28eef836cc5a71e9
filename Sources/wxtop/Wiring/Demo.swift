import Glibc
import MessageArchive
import WeixinAPI
import WeixinModel
import WeixinSimulator

/// An account on an embedded simulator, with an archive in a temporary folder that goes when the demo ends.
struct Demo {
  let simulator: RunningSimulator
  let folder: String

  static func start() async throws(CommandFailure) -> Demo {
    let place = Environment.process["TMPDIR"] ?? "/tmp"
    removeLeftovers(in: place)
    var template = Array((place + "/\(prefix)\(getpid())-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .simulator("No temporary folder could be made for the demo: \(String(cString: strerror(errno))).")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do {
      return Demo(simulator: try await Simulator.start(), folder: folder)
    } catch {
      rmdir(folder)
      throw .simulator("The simulator could not be started: \(error).")
    }
  }

  var archivePath: String { folder + "/archive.sqlite" }

  private static let prefix = "wxtop-demo-"
  private static let files = ["", "-wal", "-shm", "-lock"].map { "/archive.sqlite" + $0 }

  /// Removes the folders of demos that were killed: those whose process is gone.
  private static func removeLeftovers(in place: String) {
    guard let entries = opendir(place) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), let number = name.dropFirst(prefix.count).split(separator: "-").first,
        let pid = pid_t(number), kill(pid, 0) != 0, errno == ESRCH
      else { continue }
      for file in files { unlink(place + "/" + name + file) }
      rmdir(place + "/" + name)
    }
  }

  /// The accounts of the demo.
  var accounts: [Fleet.Found] { [Fleet.Found(account: setup.account, setup: .success(setup))] }

  var setup: AccountSetup {
    let account = Simulator.Account()
    return AccountSetup(
      account: Account(name: "demo", title: "艾克美"), archiveKey: account.appID,
      credentials: .appSecret(appid: account.appID, secret: Secret(account.secret)), apiBase: simulator.baseURL,
      proxy: nil)
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
    for file in Self.files { unlink(folder + file) }
    rmdir(folder)
  }
}
