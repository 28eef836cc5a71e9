import FoundationEssentials
import WeixinModel

/// Tells success, Weixin's own error and everything that is neither apart. The one place that reads a reply's bytes.
struct Envelope {
  let endpoint: WeixinFault.Endpoint
  let redaction: Redaction

  func decode<Body: ReplyBody>(_ type: Body.Type, from reply: HTTPReply) throws -> Body {
    if (300..<400).contains(reply.status) { throw APIError.redirected(status: reply.status) }
    let bytes = JSONBytes(repairing: reply.body)
    if reply.status != 200 {
      if let fault = try? JSONDecoder().decode(ErrorBody.self, from: bytes.data), fault.code != 0 {
        throw APIError.weixin(self.fault(fault))
      }
      throw APIError.http(status: reply.status, retryAfter: reply.retryAfter)
    }
    if bytes.isBlank { throw APIError.empty }
    let either: Either<Body>
    do {
      either = try JSONDecoder().decode(Either<Body>.self, from: bytes.data)
    } catch let error as APIError {
      throw error
    } catch {
      if bytes.endsEarly { throw APIError.truncated }
      if bytes.isBracketed { throw APIError.unexpected(key: Body.mainKey) }
      throw APIError.notJSON(start: redaction.clean(bytes.start, limit: 60))
    }
    switch either {
    case .body(let body): return body
    case .error(let error): throw APIError.weixin(fault(error))
    }
  }

  private func fault(_ body: ErrorBody) -> WeixinFault {
    let message = redaction.clean(body.message, limit: 300)
    let showsAddress = body.code == 40_164 || body.code == 61_004
    return WeixinFault(
      endpoint: endpoint, code: body.code, message: message, rid: FaultText.rid(in: message),
      address: showsAddress ? FaultText.address(in: message) : nil)
  }
}

/// `{"errcode":…,"errmsg":…}`. A missing `errcode` is 0; a string of digits is taken for the number.
private struct ErrorBody: Decodable {
  var code: Int
  var message: String

  enum CodingKeys: String, CodingKey {
    case errcode
    case errmsg
  }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    message = (try? keys.decodeIfPresent(String.self, forKey: .errmsg)) ?? ""
    guard keys.contains(.errcode) else {
      code = 0
      return
    }
    guard let number = keys.integer(.errcode) else { throw APIError.unexpected(key: "errcode") }
    code = number
  }
}

/// Success has no `errcode`, or 0; so the error is looked for first, and the expected keys only without one.
private enum Either<Body: ReplyBody>: Decodable {
  case body(Body)
  case error(ErrorBody)

  init(from decoder: any Decoder) throws {
    let error = try ErrorBody(from: decoder)
    self = error.code == 0 ? .body(try Body(from: decoder)) : .error(error)
  }
}
