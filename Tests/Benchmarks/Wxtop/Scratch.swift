import Glibc
import MessageArchive
import WeixinModel

/// An archive with some thousand days in a folder of its own, which goes when the process ends.
enum Scratch {
  static let days = 4_000

  static func archive() async throws -> MessageArchive {
    var template = Array("/tmp/wxtop-benchmark-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw NoFolder(errno: errno) }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let path = folder + "/archive.sqlite"
    Leftovers.remember(folder: folder, files: ["", "-wal", "-shm"].map { path + $0 })
    let archive = try MessageArchive.open(at: path).archive
    for back in 0..<days { try await archive.save(Samples.record(Samples.newest - back), account: Samples.account) }
    return archive
  }

  struct NoFolder: Error { let errno: Int32 }
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
