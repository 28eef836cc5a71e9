import Dispatch
import Glibc

/// Says when files in some folders change, by inotify; nothing is looked at in between.
enum FileChanges {
  /// The names of files in some folders that were written, moved or removed; folders that do not exist are left out. Bursts are
  /// cut short: the newest few names are kept.
  static func names(in folders: [String]) -> AsyncStream<String> {
    let (names, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(64))
    guard let watch = InotifyWatch(on: Set(folders), { continuation.yield($0) }) else {
      continuation.finish()
      return names
    }
    continuation.onTermination = { _ in watch.end() }
    return names
  }
}

/// Changes of some files and folders, as long as the watch is kept.
final class InotifyWatch: Sendable {
  // Cancelling from any thread is what Dispatch is made for.
  nonisolated(unsafe) private let source: any DispatchSourceRead
  /// Whether the kernel had room to watch all of them.
  let isWhole: Bool

  /// Nil where the kernel has none left.
  init?(on paths: Set<String>, _ tell: @escaping @Sendable (String) -> Void) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    let mask = UInt32(
      IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB)
    var isWhole = true
    for path in paths where inotify_add_watch(descriptor, path, mask) < 0 {
      // What does not exist is seen when it comes, in the folder above it.
      if errno == ENOSPC || errno == ENOMEM { isWhole = false }
    }
    self.isWhole = isWhole
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global(qos: .utility))
    source.setEventHandler { for name in Self.read(descriptor) { tell(name) } }
    source.setCancelHandler { close(descriptor) }
    source.resume()
  }

  deinit { source.cancel() }

  func end() { source.cancel() }

  /// The names; an empty one is that of a file which is watched itself.
  private static func read(_ descriptor: Int32) -> Set<String> {
    var names: Set<String> = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
      var offset = 0
      let head = MemoryLayout<inotify_event>.size
      while offset + head <= count {
        let length = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self) }
        let name = buffer[(offset + head)..<min(count, offset + head + Int(length))].prefix { $0 != 0 }
        names.insert(String(decoding: name, as: UTF8.self))
        offset += head + Int(length)
      }
    }
    return names
  }
}

/// Files as they are at a moment, and the places where a change of them can be seen: their folders, and where links lead.
struct FileSight: Sendable {
  /// The files that were asked for.
  let files: Set<String>
  private let stamps: [String: Stamp]

  init(_ files: [String]) {
    self.files = Set(files)
    stamps = Dictionary(uniqueKeysWithValues: self.files.map { ($0, Stamp($0)) })
  }

  /// Whether any of them has changed since, whatever links and mounts lead to it.
  var hasChanged: Bool { stamps.contains { Stamp($0.key) != $0.value } }

  /// The folders and files to watch, and the names there that matter.
  var places: (paths: Set<String>, names: Set<String>) {
    var (paths, names): (Set<String>, Set<String>) = ([], [""])
    for file in files {
      for step in Self.chain(file) {
        paths.insert(step.folder)
        names.insert(step.baseName)
      }
      // A file that is mounted over another has no folder in which its changes could be seen.
      paths.insert(file)
    }
    return (paths, names)
  }

  /// A path and what it links to, step by step.
  private static func chain(_ path: String) -> [String] {
    var steps = [path]
    while let step = steps.last, steps.count < 16, let target = linkTarget(step) {
      steps.append(target.hasPrefix("/") ? target : step.folder + target)
    }
    return steps
  }

  private static func linkTarget(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink(path, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  private struct Stamp: Equatable, Sendable {
    var device: UInt = 0
    var inode: UInt = 0
    var size = 0
    var changed: [Int] = []

    init(_ path: String) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return }
      (device, inode, size) = (UInt(facts.st_dev), UInt(facts.st_ino), Int(facts.st_size))
      changed = [facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, facts.st_ctim.tv_sec, facts.st_ctim.tv_nsec]
    }
  }
}

extension String {
  /// The folder of a path, which ends with a slash; `./` for a bare name.
  var folder: String { lastIndex(of: "/").map { String(self[...$0]) } ?? "./" }
  /// The part behind the last slash.
  var baseName: String { lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self }
}
