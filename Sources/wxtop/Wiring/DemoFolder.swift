import Glibc

/// The folder of a demo. Whatever is removed goes by the descriptor of a folder that is the user's own: in a place where all may
/// write, a name can be anybody's link to anything.
struct DemoFolder {
  /// Where temporary folders are made.
  let place: String
  let name: String

  static let prefix = "wxtop-demo-"
  private static let files = ["", "-wal", "-shm", "-lock"].map { "archive.sqlite" + $0 }

  var path: String { place + "/" + name }

  /// Makes a folder for this process; nil with `errno` where none can be made.
  static func make(in place: String) -> DemoFolder? {
    var template = Array("\(place)/\(prefix)\(getpid())-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return DemoFolder(place: place, name: String(path.dropFirst(place.utf8.count + 1)))
  }

  /// The folders of demos that were killed: those whose process is gone.
  static func leftovers(in place: String) -> [DemoFolder] {
    guard let entries = opendir(place) else { return [] }
    defer { closedir(entries) }
    var folders: [DemoFolder] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), let number = name.dropFirst(prefix.count).split(separator: "-").first,
        let pid = pid_t(number), pid > 0, kill(pid, 0) != 0, errno == ESRCH
      else { continue }
      folders.append(DemoFolder(place: place, name: name))
    }
    return folders
  }

  /// Removes what a demo makes, and the folder if nothing else is in it. A link, and what is another user's, stays untouched.
  func remove() {
    let parent = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { return }
    defer { close(parent) }
    let folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { return }
    defer { close(folder) }
    var facts = stat()
    guard fstat(folder, &facts) == 0, facts.st_uid == geteuid(), facts.st_mode & 0o022 == 0 else { return }
    for file in Self.files { unlinkat(folder, file, 0) }
    unlinkat(parent, name, AT_REMOVEDIR)
  }
}
