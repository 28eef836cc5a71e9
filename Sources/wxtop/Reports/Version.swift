import CursesTerminal
import LoopbackServer
import MessageArchive
import WeixinAPI
import WeixinModel

/// Which wxtop this is, and on which libraries it stands.
enum Version {
  static let text = "0.1.0"

  /// The version, and a line for each library. Those that are opened when they are needed are opened here.
  static var report: String {
    let curl: String
    do throws(APIError) {
      curl = try CurlLibrary.version()
    } catch {
      curl = "libcurl missing"
    }
    let lines = [
      "wxtop \(text)", curl, "libmicrohttpd \(LoopbackServer.libraryVersion ?? "missing")",
      "SQLite \(MessageArchive.sqliteVersion)", CursesTerminal.libraryVersion,
    ]
    return lines.joined(separator: "\n")
  }
}
