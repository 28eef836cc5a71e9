import CMicrohttpd
import Glibc

/// Bytes that many responses share, kept as long as one of them is on its way. They grow in place while they are made, so that
/// a large page is in memory once.
public final class SharedBytes: Sendable {
  // Written only while it is made; all who share it read.
  nonisolated(unsafe) private let base: UnsafeMutableRawPointer
  private let size: Int
  /// How many there are.
  public let count: Int

  /// Takes bytes one after the other.
  public struct Sink: ~Copyable {
    fileprivate let base: UnsafeMutableRawPointer
    fileprivate let size: Int
    fileprivate(set) var count = 0
    fileprivate(set) var isFull = false

    /// Adds a text; nothing once there is no more room.
    public mutating func append(_ text: String) {
      var text = text
      text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
      guard !isFull, count + bytes.count <= size else {
        isFull = true
        return
      }
      UnsafeMutableRawBufferPointer(start: base + count, count: bytes.count).copyMemory(from: bytes)
      count += bytes.count
    }
  }

  /// Bytes as a body makes them; nil where there are more than the limit, or where the system has no room.
  /// - Parameters:
  ///   - limit: How many there may be. Room is taken for those that there are.
  ///   - body: Makes them.
  public init?(limit: Int, _ body: (inout Sink) -> Void) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let reserved = (max(1, limit) + page - 1) / page * page
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let base = mmap(nil, reserved, PROT_READ | PROT_WRITE, flags, -1, 0), base != MAP_FAILED else { return nil }
    var sink = Sink(base: base, size: limit)
    body(&sink)
    let used = max(page, (sink.count + page - 1) / page * page)
    if used < reserved { munmap(base + used, reserved - used) }
    (self.base, size, count) = (base, used, sink.count)
    if sink.isFull { return nil }
  }

  deinit { munmap(base, size) }

  /// All of them, copied.
  public var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: count)) }

  /// A response that reads from here. The library holds the bytes as long as it needs them.
  var response: OpaquePointer? {
    let context = Unmanaged.passRetained(self).toOpaque()
    let made = cmhd_read(
      UInt64(count),
      { context, position, buffer, room in
        guard let context, let buffer else { return -1 }
        let shared = Unmanaged<SharedBytes>.fromOpaque(context).takeUnretainedValue()
        let start = min(Int(position), shared.count)
        let taken = min(room, shared.count - start)
        UnsafeMutableRawBufferPointer(start: buffer, count: taken).copyMemory(
          from: UnsafeRawBufferPointer(start: shared.base + start, count: taken))
        return taken
      }, context,
      { context in
        if let context { Unmanaged<SharedBytes>.fromOpaque(context).release() }
      })
    if made == nil { Unmanaged<SharedBytes>.fromOpaque(context).release() }
    return made
  }
}
