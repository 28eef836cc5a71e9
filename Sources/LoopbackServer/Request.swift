extension LoopbackServer {
  /// What a client asks for.
  public struct Request: Sendable {
    /// The method, such as `GET`.
    public var method: String
    /// The path as it was sent, with its percent signs.
    public var path: String
    /// The query by name, decoded. Of several values of one name the first counts; a `+` is a plus.
    public var query: [String: String] = [:]
    /// The header's fields in their order.
    public var headers: [Header] = []
    /// The body, whole.
    public var body: [UInt8] = []

    /// A request by hand, for whoever tests a handler.
    public init(method: String = "GET", path: String = "/", headers: [Header] = []) {
      self.method = method
      self.path = path
      self.headers = headers
    }

    /// A request for a target such as `/path?name=value`.
    init(method: String, target: String) {
      let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      self.init(method: method, path: parts.first.map(String.init) ?? "")
      guard parts.count == 2 else { return }
      for pair in parts[1].split(separator: "&") {
        let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = Self.decoded(words[0])
        if query[name] == nil { query[name] = words.count == 2 ? Self.decoded(words[1]) : "" }
      }
    }

    /// All values of a field, whatever the case of its name.
    public func values(of name: String) -> [String] {
      let name = name.lowercased()
      return headers.filter { $0.name.lowercased() == name }.map(\.value)
    }

    /// Text with its percent signs resolved; those that begin no byte stay as they are.
    private static func decoded(_ text: Substring) -> String {
      var bytes: [UInt8] = []
      var rest = text.utf8
      while let byte = rest.popFirst() {
        let digits = rest.prefix(2)
        if byte == UInt8(ascii: "%"), digits.count == 2, digits.first != UInt8(ascii: "+"),
          digits.first != UInt8(ascii: "-"),
          let value = UInt8(String(digits) ?? "", radix: 16)
        {
          bytes.append(value)
          rest = rest.dropFirst(2)
        } else {
          bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// A field of a header.
  public struct Header: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// Its value.
    public var value: String

    /// A field.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
}
