/// Lines of the log, for people and grep: fields first, as `call=token code=40164`, then a few words.
public enum LogWords {
  /// `key=value`; in quotation marks where a blank would end it.
  public static func field(_ key: String, _ value: String) -> String {
    let value = value.cleaned()
    let isPlain = !value.isEmpty && !value.contains { " \"=\\".contains($0) }
    return key + "="
      + (isPlain ? value : "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"")
  }

  /// A call that failed: `call=token code=40164 ip=203.0.113.7 rid=… not whitelisted`.
  public static func failure(_ endpoint: WeixinFault.Endpoint, _ day: BeijingDay?, _ error: APIError) -> String {
    var fields: [String] = []
    if case .weixin(let fault) = error {
      fields.append(field("call", fault.endpoint.rawValue))
      if let day { fields.append(field("day", day.description)) }
      fields.append(field("code", "\(fault.code)"))
      if let address = fault.address { fields.append(field("ip", address)) }
      if let rid = fault.rid { fields.append(field("rid", rid)) }
    } else {
      fields.append(field("call", endpoint.rawValue))
      if let day { fields.append(field("day", day.description)) }
    }
    return (fields + [words(error)]).joined(separator: " ")
  }

  /// What is wrong with the archive.
  public static func words(_ fault: ArchiveFault) -> String {
    switch fault {
    case .diskFull: "the disk is full"
    case .notWritable: "it may not be written"
    case .notReadable: "it may not be read"
    case .damaged: "it is damaged or no archive"
    case .missing: "there is none"
    case .noFile: "it is no file"
    case .noLock: "its locks cannot be had"
    case .openToOthers: "others may read it, so it keeps no token"
    case .movedAside(let path): "it was moved to \(path)"
    case .newerVersion: "a newer wxtop has written it"
    case .busy: "another process holds it"
    case .other(let words): words
    }
  }

  private static func words(_ error: APIError) -> String {
    switch error {
    case .weixin(let fault): return words(fault)
    case .http(let status, _): return "HTTP status \(status)"
    case .timedOut(let seconds): return "no answer within \(seconds) s"
    case .unreachable(let host, let cause): return "no connection to \(host): \(cause)"
    case .tls(let host, let cause): return "TLS to \(host) failed: \(cause)"
    case .noLibrary(let name, let cause): return "library \(name) cannot be used: \(cause)"
    case .noToken(let cause): return "no access token: \(cause)"
    case .tokenSource(let cause): return "no access token this time: \(cause)"
    case .tokenWithheld(let seconds?): return "no classic token fetched, \(seconds) s too early"
    case .tokenWithheld(nil): return "no classic token fetched, the lock could not be had"
    case .misconfigured(let cause): return "cannot be used as configured: \(cause)"
    case .notAllowed(let address): return "the address \(address) is not allowed"
    case .redirected(let status): return "redirect \(status) not followed"
    case .emptyDay: return "empty, may still be counted"
    case .offline: return "offline"
    case .notInCloud: return "the cloud call has no such call"
    case .overBudget: return "not made: wxtop's part of the quota is spent"
    case .tooLarge, .empty, .notJSON, .truncated, .unexpected, .absurdTotal: return "the reply cannot be used"
    }
  }

  private static func words(_ fault: WeixinFault) -> String {
    switch fault.errorClass {
    case .networkPolicy:
      fault.code == 40_164 || fault.code == 61_004 ? "not whitelisted" : "an administrator must agree"
    case .transient: "Weixin is busy"
    case .staleToken: "the token is not valid any more"
    case .credentials: "AppID, AppSecret or token is wrong"
    case .accountState: "the account may not use this call"
    case .minuteQuota: "the minute's quota is used"
    case .dayQuota: "the day's quota is used"
    case .notReady: "not counted yet"
    case .reply: "the reply cannot be used"
    case .request: "Weixin refuses the call as wrong"
    }
  }
}
