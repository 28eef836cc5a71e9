import Glibc
import MessageArchive
import WeixinModel

/// An archive with some thousand days in a folder of its own, which goes when the process ends.
enum Scratch {
  static let days = 4_000

  /// A benchmark's set-up may not throw: without an archive there is nothing to measure, and the process says why and ends.
  static func archive() async -> MessageArchive {
    var template = Array("/tmp/wxtop-benchmark-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("No temporary folder: \(String(cString: strerror(errno)))") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let path = folder + "/archive.sqlite"
    Leftovers.remember(folder: folder, files: ["", "-wal", "-shm"].map { path + $0 })
    do {
      let archive = try MessageArchive.open(at: path).archive
      for back in 0..<days { try await archive.save(Samples.record(Samples.newest - back), account: Samples.account) }
      return archive
    } catch {
      fatalError("The archive cannot be filled: \(error)")
    }
  }
}

/// What the process removes when it ends.
private enum Leftovers {
  // Written once before the first measurement, read once at exit; `atexit` takes nothing that could carry them.
  nonisolated(unsafe) private static var folder = ""
  nonisolated(unsafe) private static var files: [String] = []

  static func remember(folder: String, files: [String]) {
    self.folder = folder
    self.files = files
    atexit {
      for file in Leftovers.files { unlink(file) }
      rmdir(Leftovers.folder)
    }
  }
}
