/// Lets the first resize through at once and the following ones at most every 50 ms: dragging a window's edge makes
/// hundreds.
struct ResizeThrottle {
  private final class Rest {
    var isResting = false
    var isAsked = false
  }

  private let rest = Rest()

  /// Runs at once, or after the rest when one has just run.
  func run(_ resize: @escaping @MainActor () -> Void) {
    guard !rest.isResting else {
      rest.isAsked = true
      return
    }
    rest.isResting = true
    resize()
    EventSources.after(.milliseconds(50)) { [rest] in
      rest.isResting = false
      guard rest.isAsked else { return }
      rest.isAsked = false
      run(resize)
    }
  }
}
