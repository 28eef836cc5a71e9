/// Why a call to Weixin brought no data. Facts only; the sentences for people are made in one place, by the front end.
///
/// No case can hold a secret or a token: texts from outside are cleaned and redacted before they enter.
public enum APIError: Error, Hashable, Codable, Sendable {
  /// Weixin answered with an `errcode` (with HTTP 200, as it does).
  case weixin(WeixinFault)
  /// A status other than 200, and whose it may be: a proxy or gateway page rather than Weixin's. With the seconds for which it
  /// asked to be left alone, where it did.
  case http(status: Int, retryAfter: Int? = nil)
  /// No answer within the deadline, in seconds.
  case timedOut(seconds: Int)
  /// No connection: refused, unreachable, reset, name not found. The text names the cause and never a URL's query.
  case unreachable(host: String, cause: String)
  /// The TLS handshake failed or the certificate was not accepted.
  case tls(host: String, cause: String)
  /// A library that makes calls is missing or cannot be used; holds its name and the loader's words.
  case noLibrary(name: String, cause: String)
  /// The reply was larger than the cap, in bytes.
  case tooLarge(limit: Int)
  /// The reply had no bytes.
  case empty
  /// The reply was not JSON; holds its first characters, cleaned.
  case notJSON(start: String)
  /// The JSON ended too early.
  case truncated
  /// The JSON lacked a key, or held another kind of value.
  case unexpected(key: String)
  /// The counts of a day add up to more than any account can have, so none of them is taken.
  case absurdTotal
  /// The reply was a redirect, which wxtop never follows with a token.
  case redirected(status: Int)
  /// The address is neither HTTPS nor loopback, or not one that wxtop may call.
  case notAllowed(address: String)
  /// The list for a day came back empty before emptiness can mean zero.
  case emptyDay
  /// No call was made, because wxtop was told to stay off the network.
  case offline
  /// The configured source gives no access token before a person mends it; holds the cause, cleaned and redacted.
  case noToken(cause: String)
  /// The configured source gave no access token this time: its command failed, its file was not there. Holds the cause likewise.
  case tokenSource(cause: String)
  /// No classic token was fetched, since that ends the life of production's: the last call was made too lately, and so many seconds
  /// are left; or, with nil, the lock that keeps other wxtops from it could not be had.
  case tokenWithheld(secondsLeft: Int?)
  /// The account's configuration cannot be used, so nothing was asked; holds what is wrong with it.
  case misconfigured(cause: String)
  /// Weixin's cloud call does not have this call (getSpeed), so no request was made.
  case notInCloud(WeixinFault.Endpoint)
  /// No request was made, because wxtop has spent its part of what the account has left today.
  case overBudget(WeixinFault.Endpoint)
}

/// An error envelope of Weixin: `{"errcode":40164,"errmsg":"… rid: …"}`.
public struct WeixinFault: Error, Hashable, Codable, Sendable {
  /// Which call was answered so. 40001 means one thing at the token endpoint and another elsewhere.
  public enum Endpoint: String, Hashable, Codable, Sendable, CaseIterable {
    /// `POST /cgi-bin/stable_token`
    case token
    /// `GET /cgi-bin/token`, only where the configuration asks for it: each call ends the life of the token before.
    case classicToken
    /// `POST /cgi-bin/message/mass/speed/get`
    case speed
    /// `POST /datacube/getupstreammsghour`
    case hourly
    /// `POST /cgi-bin/openapi/quota/get`
    case quota

    /// Whether the call hands out access tokens, and takes the app secret instead of one.
    public var isTokenCall: Bool { self == .token || self == .classicToken }
  }

  /// The call.
  public var endpoint: Endpoint
  /// `errcode`.
  public var code: Int
  /// `errmsg`, cleaned of control characters and redacted. Its text changes over the years: never match on it.
  public var message: String
  /// The request id in `errmsg` (`rid: 5fa26c60-1a0ebdd5-32fd1cd0`), which Weixin's support asks for.
  public var rid: String?
  /// The caller's address in the text of 40164 and 61004: what the administrator must put on the whitelist.
  public var address: String?

  /// A fault as answered.
  public init(endpoint: Endpoint, code: Int, message: String, rid: String? = nil, address: String? = nil) {
    self.endpoint = endpoint
    self.code = code
    self.message = message
    self.rid = rid
    self.address = address
  }
}

/// What an error is, seen from what to do about it.
public enum ErrorClass: Hashable, Sendable, CaseIterable {
  /// Passes by itself: back off and try again (-1, 5xx, time-outs, an unreachable network).
  case transient
  /// The access token is stale: fetch one and call once more (40001, 40014, 42001 on an API).
  case staleToken
  /// App ID, secret or handed-over token is wrong: final until the configuration changes.
  case credentials
  /// The caller's address or an administrator's confirmation is missing (40164, 61004, 895xx).
  case networkPolicy
  /// The account may not use the call (48001, 50002, 61007 …).
  case accountState
  /// The minute's quota is used up (45011).
  case minuteQuota
  /// The day's quota of this call is used up (45009).
  case dayQuota
  /// Weixin has not counted the day yet (61503).
  case notReady
  /// The reply cannot be used, though it came.
  case reply
  /// wxtop asked wrongly (61501, 47001 …): a bug or a setting that can't work.
  case request
}

extension APIError {
  /// The class of the error (`weixin-api` B3).
  public var errorClass: ErrorClass {
    switch self {
    case .weixin(let fault): fault.errorClass
    case .http(let status, _): status == 429 || status >= 500 ? .transient : .reply
    case .timedOut, .unreachable, .empty, .offline, .tokenSource: .transient
    case .truncated, .notJSON, .tooLarge, .unexpected, .absurdTotal, .redirected: .reply
    case .tls, .noLibrary: .networkPolicy
    case .notAllowed: .request
    case .emptyDay: .notReady
    case .noToken, .misconfigured: .credentials
    case .notInCloud: .accountState
    case .overBudget: .dayQuota
    case .tokenWithheld: .minuteQuota
    }
  }

  /// Whether Weixin said that the day is not counted yet.
  public var isNotReady: Bool { errorClass == .notReady }
}
