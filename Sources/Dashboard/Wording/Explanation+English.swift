import WeixinModel

extension Explanation {
  static func english(_ error: APIError) -> Words {
    switch error {
    case .weixin(let fault): return englishFault(fault)
    case .http(let status, _):
      return (
        "HTTP \(status)", "The API answered with HTTP status \(status).",
        status >= 500 || status == 429 ? "" : "Check the address and any proxy between this server and Weixin."
      )
    case .timedOut(let seconds):
      return (
        "no answer in \(seconds) s", "Weixin did not answer within \(seconds) second\(seconds == 1 ? "" : "s").", ""
      )
    case .unreachable(let host, let cause):
      return (
        "\(host) unreachable", "\(host) could not be reached: \(cause).",
        "If it lasts, check this server's network, DNS and proxy."
      )
    case .tls(let host, let cause):
      return (
        "TLS with \(host) failed", "The secure connection to \(host) failed: \(cause).",
        "Check this server's clock and certificates, and any proxy that opens TLS."
      )
    case .noLibrary(let name, let cause):
      return (
        "\(name) is missing", "No call can be made without \(name): \(cause).",
        "Whoever runs this server: install it (Debian, Ubuntu: libcurl4)."
      )
    case .tooLarge(let limit):
      return ("reply too large", "The reply was larger than \(limit / 1_024) KiB and was not read.", proxyRemedy)
    case .empty: return ("empty reply", "Weixin sent an empty reply.", "")
    case .notJSON(let start):
      return ("reply is not JSON", "The reply is not JSON; it begins with “\(start)”.", proxyRemedy)
    case .truncated: return ("reply cut short", "The reply ended in the middle.", "")
    case .unexpected(let key): return ("reply lacks \(key)", "The reply lacks a usable “\(key)”.", proxyRemedy)
    case .absurdTotal:
      return (
        "counts are absurd", "The counts of the day add up to more than any account can have, so none was taken.",
        proxyRemedy
      )
    case .redirected(let status):
      return (
        "redirect refused", "The API answered with a redirect (HTTP \(status)), which is never followed with a token.",
        "Set api_base to the address that answers by itself."
      )
    case .notAllowed(let address):
      return (
        "address not allowed", "\(address) may not be called: only HTTPS, or plain HTTP on this machine, is allowed.",
        "Correct api_base, or the proxy."
      )
    case .emptyDay:
      return ("day is still empty", "Weixin's answer for the day is still empty, so it is not counted yet.", "")
    case .offline:
      return ("offline", "The archive does not hold it, and wxtop is offline.", "Ask again without --offline.")
    case .notInCloud:
      return (
        "not in cloud calls", "Weixin's cloud call does not have this call, so it was not made.",
        "To see the mass-send speed, give the account an appid with its secret, or a token."
      )
    case .overBudget:
      return (
        "wxtop's part of the quota is spent", "wxtop has spent its part of what the account may still call today.",
        "It goes on at midnight in Beijing; what is left belongs to the account's other programs."
      )
    case .misconfigured(let cause):
      return ("cannot be watched", "\(cause).", "Mend what the configuration says of the account; wxtop notices that.")
    case .tokenSource(let cause):
      return (
        "no access token", "No access token could be had: \(cause).",
        "Check the configured token source."
      )
    case .tokenWithheld(let seconds?):
      return (
        "no classic token for \(seconds) s",
        "A classic token was fetched less than five minutes ago, and each call takes it away from production.",
        "wxtop fetches one again in \(seconds) s. Without `token: classic` it needs no such pause."
      )
    case .tokenWithheld(nil):
      return (
        "no classic token without the lock",
        "The lock beside the archive could not be had, so no classic token was fetched: two wxtops would take it from each other.",
        "Look whether another wxtop hangs, and whether the archive and its -lock are the user's; or do without `token: classic`."
      )
    case .noToken(let cause):
      return (
        "no usable access token", "No access token could be had: \(cause).", "Check the configured token source."
      )
    }
  }

  private static let proxyRemedy = "Check whether a proxy or gateway answers in Weixin's place."
}
