import WeixinAPI

/// What a command that failed said on stderr, fit for a sentence. It may name what it printed on stdout, of which each line may be a
/// secret; the work is bounded whatever was printed.
enum SaidOnError {
  /// A shorter line is no secret.
  private static let shortest = 4
  /// More lines than so many that may stand in what it said are a list, not a secret: then nothing of it is shown.
  private static let most = 200
  /// Longer than any sentence of use; half a secret at the end lies far behind what is shown.
  private static let longest = 4_096

  static func words(_ error: [UInt8], hiding output: [UInt8]) -> String {
    let said = Array(error.prefix(longest))
    if said.isEmpty { return "" }
    guard let secrets = secrets(in: output, near: said) else { return "" }
    return String(decoding: said, as: UTF8.self).redacted(hiding: secrets, limit: 200)
  }

  /// The lines of the output whose beginnings stand in what was said, plainly or percent-encoded; nil if there are too many.
  private static func secrets(in output: [UInt8], near said: [UInt8]) -> [Secret]? {
    var beginnings: Set<UInt32> = []
    for start in said.indices.dropLast(shortest - 1) { beginnings.insert(number(said[start..<(start + shortest)])) }
    var secrets: Set<String> = []
    for line in output.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      guard text.count >= shortest, text.count <= longest else { continue }
      let beginning = text.prefix(shortest)
      if !beginnings.contains(number(beginning)) {
        let encoded = String(decoding: beginning, as: UTF8.self).percentEncoded.utf8.prefix(shortest)
        guard !beginning.elementsEqual(encoded), beginnings.contains(number(encoded)) else { continue }
      }
      secrets.insert(String(decoding: text, as: UTF8.self).withoutSpaceAround)
      if secrets.count > most { return nil }
    }
    return secrets.map { Secret($0) }
  }

  /// The four bytes of a beginning as one number.
  private static func number(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}
