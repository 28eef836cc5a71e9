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
  func next() async -> [Element] {
    if waiting.isEmpty, !isFinished {
      await withCheckedContinuation { reader = $0 }
    }
    defer { waiting.removeAll(keepingCapacity: true) }
    return waiting
  }

  private func wake() {
    let waked = reader
    reader = nil
    waked?.resume()
  }
}
