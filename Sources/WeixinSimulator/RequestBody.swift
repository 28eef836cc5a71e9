/// All keys that any of the calls takes.
struct RequestBody: Decodable {
  var grantType: String?
  var appID: String?
  var secret: String?
  var isForced: Bool?
  var begin: String?
  var end: String?
  var path: String?

  enum CodingKeys: String, CodingKey {
    case grantType = "grant_type"
    case appID = "appid"
    case secret
    case isForced = "force_refresh"
    case begin = "begin_date"
    case end = "end_date"
    case path = "cgi_path"
  }
}
