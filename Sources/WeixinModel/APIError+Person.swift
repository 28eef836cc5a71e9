extension APIError {
  /// Whether the failure lasts until a person acts: wrong credentials, a missing place on a whitelist, the state of the account,
  /// TLS, no token, or a call that Weixin refuses as such.
  public var needsPerson: Bool {
    switch errorClass {
    case .credentials, .networkPolicy, .accountState, .request: true
    case .transient, .staleToken, .minuteQuota, .dayQuota, .notReady, .reply: false
    }
  }
}

extension Alert {
  /// Whether somebody has something to do about it; else it passes by itself, or is only good to know.
  public var needsPerson: Bool {
    switch cause {
    case .failing(let error, _): error.needsPerson
    case .unpublished: false
    case .levelChanged, .slower, .belowNominal, .unusualDay, .unusualHour, .quota: severity != .info
    }
  }
}
