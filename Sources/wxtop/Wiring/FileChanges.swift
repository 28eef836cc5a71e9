import Dispatch
import Glibc

/// Says when files in some folders change, by inotify; nothing is looked at in between.
enum FileChanges {
  /// The names of files in some folders that were written, moved or removed; folders that do not exist are left out. Bursts are
  /// cut short: the newest few names are kept.
  static func names(in folders: [String]) -> AsyncStream<String> {
    let (names, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(64))
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else {
      continuation.finish()
      return names
    }
    let mask = UInt32(IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE)
    for folder in Set(folders) { inotify_add_watch(descriptor, folder, mask) }
    // Cancelling from any thread is what Dispatch is made for.
    nonisolated(unsafe) let source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: .global(qos: .utility))
    source.setEventHandler { for name in read(descriptor) { continuation.yield(name) } }
    source.setCancelHandler { close(descriptor) }
    continuation.onTermination = { _ in source.cancel() }
    source.resume()
    return names
  }

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
