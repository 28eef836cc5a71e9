import CMicrohttpd

/// Gives the library a body piece by piece, as the client takes it.
final class PieceReader {
  private let connection: Connection
  private let pieces: LoopbackServer.Response.Pieces
  private let isWhole: Bool
  /// Those of ``pieces`` that have begun, the first not counted.
  private var begun = 0
  private var piece: [UInt8]
  private var sent = 0
  private var hasPaused = false

  private init(_ pieces: LoopbackServer.Response.Pieces, _ connection: Connection, isWhole: Bool) {
    self.pieces = pieces
    self.connection = connection
    self.isWhole = isWhole
    piece = pieces.first
  }

  /// A response that is read from here. The library holds the reader as long as it needs it.
  static func response(
    _ pieces: LoopbackServer.Response.Pieces, on connection: Connection, promised: Int? = nil
  ) -> OpaquePointer? {
    let reader = PieceReader(pieces, connection, isWhole: promised == nil)
    let context = Unmanaged.passRetained(reader).toOpaque()
    let response = cmhd_read(
      promised.map(UInt64.init) ?? UInt64.max,
      { context, _, buffer, count in
        guard let context, let buffer else { return PieceReader.failure }
        return Unmanaged<PieceReader>.fromOpaque(context).takeUnretainedValue().read(into: buffer, upTo: count)
      }, context,
      { context in
        if let context { Unmanaged<PieceReader>.fromOpaque(context).release() }
      })
    if response == nil { Unmanaged<PieceReader>.fromOpaque(context).release() }
    return response
  }

  /// `MHD_CONTENT_READER_END_OF_STREAM` and `MHD_CONTENT_READER_END_WITH_ERROR`, which are casts in C.
  private static let (end, failure) = (-1, -2)

  private func read(into buffer: UnsafeMutablePointer<CChar>, upTo count: Int) -> Int {
    if case .over = connection.phase { return breakOff(buffer) }
    while sent == piece.count {
      guard begun < pieces.times else { return isWhole && connection.isChunking ? Self.end : breakOff(buffer) }
      if pieces.pause > .zero, !hasPaused {
        hasPaused = true
        connection.pause = .now + pieces.pause
        connection.suspend()
        return 0
      }
      hasPaused = false
      begun += 1
      piece = pieces.next
      sent = 0
    }
    let taken = min(count, piece.count - sent)
    piece.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: buffer, count: taken).copyMemory(
        from: .init(rebasing: $0[sent..<sent + taken]))
    }
    sent += taken
    return taken
  }

  /// Ends the connection by a byte that it does not take any more. Where the reader says that it fails, or that a body ends with
  /// its connection, the library (0.9.75) closes that and may never let go of it.
  private func breakOff(_ buffer: UnsafeMutablePointer<CChar>) -> Int {
    connection.end()
    buffer.pointee = 0
    return 1
  }
}
