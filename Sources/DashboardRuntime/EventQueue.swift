/// Events that wait for their turn on the main actor. A turn takes all that wait, so that a burst of keys costs one frame.
///
/// A turn is a task of its own rather than a loop that waits: what resumes a waiting task wakes another thread first, which on
/// the way from a key to its frame would be a good part of the time.
final class EventQueue<Element: Sendable> {
  private var waiting: [Element] = []
  /// What is done with the events of a turn, at least one. What comes before it is given waits for it.
  var turn: (([Element]) -> Void)? {
    didSet { if !waiting.isEmpty { begin() } }
  }

  func push(_ element: Element) {
    waiting.append(element)
    if waiting.count == 1 { begin() }
  }

  private func begin() {
    Task {
      guard let turn, !waiting.isEmpty else { return }
      let all = waiting
      waiting = []
      turn(all)
    }
  }
}
