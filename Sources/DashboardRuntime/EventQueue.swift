/// Events that wait for the loop. One reader takes all that wait at once, so that a burst of keys costs one frame.
final class EventQueue<Element: Sendable> {
  private var waiting: [Element] = []
  private var reader: CheckedContinuation<Void, Never>?
  private(set) var isFinished = false

  func push(_ element: Element) {
    waiting.append(element)
    wake()
  }

  func finish() {
    isFinished = true
    wake()
  }

  /// All waiting events, at least one; empty when the queue is finished.
  ///
  /// Gives those that feed the queue a turn as long as more keeps coming: of a burst, one frame is drawn.
  func next() async -> [Element] {
    if waiting.isEmpty, !isFinished {
      await withCheckedContinuation { reader = $0 }
    }
    var seen = 0
    var idleTurns = 0
    while waiting.count < Self.mostAtOnce, !isFinished, idleTurns < 2 {
      idleTurns = waiting.count == seen ? idleTurns + 1 : 0
      seen = waiting.count
      await Task.yield()
    }
    defer { waiting.removeAll(keepingCapacity: true) }
    return waiting
  }

  /// A flood that never ends must not keep the screen from being drawn.
  private static var mostAtOnce: Int { 256 }

  private func wake() {
    let waked = reader
    reader = nil
    waked?.resume()
  }
}
