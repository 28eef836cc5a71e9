import WeixinModel

/// The faults of a simulator, and how often each is still to come.
struct ActiveFaults {
  private var faults: [Fault]

  init(_ faults: [Fault]) {
    self.faults = faults
  }

  /// What one call meets.
  struct Met {
    /// The first fault that is meant, manners aside.
    var kind = Fault.Kind.none
    /// Whether numbers are sent as strings.
    var isInStrings = false
    /// Seconds by which the `Date` header is off.
    var skew = 0
  }

  /// What the next call of an endpoint meets; it counts as met. Of several answers the first comes until it is used up.
  mutating func next(on endpoint: Simulator.Endpoint) -> Met {
    var met = Met()
    for index in faults.indices where faults[index].isMeant(for: endpoint) && faults[index].times != 0 {
      let kind = faults[index].kind
      guard kind.isManner || met.kind == .none else { continue }
      switch kind {
      case .strings: met.isInStrings = true
      case .skew(let seconds): met.skew += seconds
      default: met.kind = kind
      }
      faults[index].times = faults[index].times.map { $0 - 1 }
    }
    return met
  }
}
