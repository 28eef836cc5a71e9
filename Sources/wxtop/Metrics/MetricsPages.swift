import LoopbackServer

/// The page of this second, made once for all who ask. Few are in memory, however many read and however slowly.
actor MetricsPages {
  /// Makes a page; nil where there is no room for it.
  private let make: @Sendable (ExpositionFormat) async -> SharedBytes?
  private let now: @Sendable () -> ContinuousClock.Instant
  private var newest: [ExpositionFormat: Made] = [:]
  private var making: [ExpositionFormat: Task<SharedBytes?, Never>] = [:]
  /// Those that may still be on their way to somebody.
  private var unsent: [Made] = []

  private struct Made {
    weak var page: SharedBytes?
    let format: ExpositionFormat
    let madeAt: ContinuousClock.Instant
  }

  /// Keeps a fresh page while nobody reads it.
  private var fresh: [ExpositionFormat: SharedBytes] = [:]

  /// How long a page is good for whoever asks next.
  private static let life = Duration.seconds(1)
  /// How long it is good where readers still hold large ones: no longer than one of them may take.
  private static let longLife = Duration.seconds(10)
  /// Bytes of pages that may be on their way before a new one waits.
  private static let room = 16 << 20
  /// Pages on their way, at most.
  private static let most = 2
  /// Bytes of a page, at most: 10,000 accounts.
  static let pageLimit = 256 << 20

  init(
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    make: @escaping @Sendable (ExpositionFormat) async -> SharedBytes?
  ) {
    self.now = now
    self.make = make
  }

  /// A page that is new enough; nil where there is no room for one.
  func page(_ format: ExpositionFormat) async -> SharedBytes? {
    if let making = making[format] { return await making.value }
    let moment = now()
    if let made = newest[format], moment - made.madeAt < Self.life, let page = made.page { return page }
    fresh = fresh.filter { format, _ in newest[format].map { moment - $0.madeAt < Self.life } ?? false }
    unsent.removeAll { $0.page == nil }
    let bytes = unsent.reduce(0) { $0 + ($1.page?.count ?? 0) }
    if bytes > Self.room {
      if let made = newest[format], moment - made.madeAt < Self.longLife, let page = made.page { return page }
      if unsent.count + making.count >= Self.most { return nil }
    }
    let task = Task { await make(format) }
    making[format] = task
    let page = await task.value
    making[format] = nil
    let made = Made(page: page, format: format, madeAt: now())
    newest[format] = made
    fresh[format] = page
    unsent.append(made)
    return page
  }
}
