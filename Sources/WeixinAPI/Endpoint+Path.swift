public import WeixinModel

extension WeixinFault.Endpoint {
  /// The path of the call. This list is all that wxtop can call: no other path is written anywhere.
  public var path: String {
    switch self {
    case .token: "/cgi-bin/stable_token"
    case .classicToken: "/cgi-bin/token"
    case .speed: "/cgi-bin/message/mass/speed/get"
    case .hourly: "/datacube/getupstreammsghour"
    case .quota: "/cgi-bin/openapi/quota/get"
    }
  }

  /// `POST`, but for the classic token, which Weixin hands out to a `GET` only.
  public var method: String { self == .classicToken ? "GET" : "POST" }
}
