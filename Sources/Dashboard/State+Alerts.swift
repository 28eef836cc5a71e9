public import WeixinModel

extension State {
  /// A notice that was told, and when.
  struct PastNotice: Hashable, Sendable {
    var at: Timestamp
    var notice: Notice
  }

  /// The alerts that nobody has seen yet, the one that matters most first.
  var pendingAlerts: [Alert] { alerts.filter(\.isPending).mostUrgentFirst }

  /// Shows a notice and keeps it for the log.
  mutating func tell(_ notice: Notice) {
    self.notice = notice
    pastNotices.append(PastNotice(at: now, notice: notice))
    if pastNotices.count > 50 { pastNotices.removeFirst() }
  }

  /// The account's name where an alert needs it: where several accounts may be meant.
  func name(of alert: Alert) -> String? {
    guard alert.account.name != status.account.name || alerts.contains(where: { $0.account.name != alert.account.name })
    else { return nil }
    let title = alert.account.shownTitle(self)
    return title.isEmpty ? alert.account.name : title
  }
}

extension [Alert] {
  /// In the order in which they matter: what somebody must do first, then the worst, then the newest.
  public var mostUrgentFirst: [Alert] {
    sorted { one, other in
      if one.needsPerson != other.needsPerson { return one.needsPerson }
      return one.severity != other.severity ? one.severity < other.severity : one.raisedAt > other.raisedAt
    }
  }
}

extension Alert.Severity: Comparable {
  /// The worst comes first.
  public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .critical: 0
    case .warning: 1
    case .info: 2
    }
  }
}
