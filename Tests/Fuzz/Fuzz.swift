import FoundationEssentials
import Glibc
import Testing

@testable import WeixinSimulator

/// Gives a parser inputs that come of a corpus by mutation, and watches what becomes of it.
///
/// `WXTOP_FUZZ` says how many inputs each parser gets, `WXTOP_FUZZ_SEED` with which one it begins: input n of a run with the seed s is
/// the first of a run with s + n. While a parser works the seed of its input stands in a file, which a trap leaves behind.
struct Fuzz {
  let name: String
  let corpus: [[UInt8]]
  let tokens: [[UInt8]]
  /// How many inputs a run without `WXTOP_FUZZ` gives.
  var bounded = 400
  /// So much of a long run's inputs, for what is slow.
  var divisor = 1
  var limit = 8_192

  /// Seconds of the processor that one input may take, with room for a build without optimisation.
  var patience = 2.0
  /// The same for as large an input as there is.
  static let large = 10.0

  init(_ name: String, corpus: [[UInt8]], tokens: [[UInt8]] = [], bounded: Int = 400, divisor: Int = 1) {
    self.name = name
    self.corpus = corpus
    self.tokens = Nasty.tokens + tokens
    self.bounded = bounded
    self.divisor = divisor
  }

  init(_ name: String, _ corpus: [String], tokens: [String] = [], bounded: Int = 400, divisor: Int = 1) {
    self.init(
      name, corpus: corpus.map { Array($0.utf8) }, tokens: tokens.map { Array($0.utf8) }, bounded: bounded,
      divisor: divisor)
  }

  /// What is wrong with what came of an input.
  struct Wrong: Error {
    let why: String

    init(_ why: String) { self.why = why }
  }

  /// Gives each input to a check, which throws what is wrong; the generator is for whatever else it wants to choose.
  func run(_ check: ([UInt8], inout SplitMix) throws -> Void) async throws {
    let wanted = Self.variable("WXTOP_FUZZ").flatMap { Int($0) }
    let first = Self.variable("WXTOP_FUZZ_SEED").flatMap { UInt64($0) }
    let count = wanted.map { max(1, $0 / divisor) } ?? (first == nil ? bounded : 1)
    let note = Note(name)
    defer { note.remove() }
    var (slowest, slowestSeed) = (0.0, UInt64(0))
    var failures = 0
    for number in 0..<count {
      // Tests beside this one have servers in this process.
      await Task.yield()
      let seed = (first ?? 1) &+ UInt64(number)
      note.write(seed)
      var generator = SplitMix(seed: seed, name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF })
      // The corpus itself comes first.
      let input =
        first == nil && number < corpus.count
        ? corpus[number] : Mutation(corpus: corpus, tokens: tokens, limit: limit).next(&generator)
      if first != nil, wanted == nil { print("fuzz: \(name): \(Self.escaped(input))") }
      let began = Self.processorTime()
      do {
        try check(input, &generator)
      } catch {
        failures += 1
        let why = (error as? Wrong)?.why ?? "threw \(error)"
        Issue.record("\(name): \(why)\nWXTOP_FUZZ_SEED=\(seed) \(Self.escaped(input))")
        if failures > 5 { return }
      }
      let took = Self.processorTime() - began
      if took > slowest { (slowest, slowestSeed) = (took, seed) }
      if took > patience {
        failures += 1
        Issue.record("\(name): took \(took) s\nWXTOP_FUZZ_SEED=\(seed) \(Self.escaped(input))")
        if failures > 5 { return }
      }
    }
    if wanted != nil {
      let milliseconds = Int(slowest * 1_000)
      print("fuzz: \(name): \(count) inputs, slowest \(milliseconds) ms (seed \(slowestSeed)), \(failures) failures")
      fflush(nil)
    }
  }

  /// Gives as much of one token after the other as a file may hold, so that what grows faster than its input shows.
  static func runLarge(
    _ name: String, bytes: Int, tokens: [[UInt8]] = [], _ check: (_ token: [UInt8], _ input: [UInt8]) throws -> Void
  ) async throws {
    var (slowest, slowestToken) = (0.0, [UInt8]())
    for token in Nasty.tokens + tokens where !token.isEmpty {
      await Task.yield()
      let size = variable("WXTOP_FUZZ") == nil ? bytes / 128 : bytes
      let input = Array(repeatElement(token, count: max(1, size / token.count)).joined())
      let began = processorTime()
      try check(token, input)
      let took = processorTime() - began
      if took > slowest { (slowest, slowestToken) = (took, token) }
      if took > large { Issue.record("\(name): took \(took) s for \(input.count) bytes of \(escaped(token))") }
    }
    if variable("WXTOP_FUZZ") != nil {
      print("fuzz: \(name), large: slowest \(Int(slowest * 1_000)) ms (\(escaped(Array(slowestToken.prefix(20)))))")
      fflush(nil)
    }
  }

  /// The same for what reads text.
  func runText(_ check: (String, inout SplitMix) throws -> Void) async throws {
    try await run { bytes, generator in try check(String(decoding: bytes, as: UTF8.self), &generator) }
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func escaped(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes.prefix(4_096) {
      if byte == 0x5C {
        text += "\\\\"
      } else if (0x20..<0x7F).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return bytes.count > 4_096 ? text + "… (\(bytes.count) bytes)" : text
  }

  /// A file that names the input under way.
  private struct Note {
    let path: String
    let descriptor: Int32

    init(_ name: String) {
      let folder = Fuzz.variable("TMPDIR") ?? "/tmp"
      path = "\(folder)/wxtop-fuzz-\(getpid())-\(name.map { $0.isLetter ? $0 : "-" }.map(String.init).joined())"
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    }

    func write(_ seed: UInt64) {
      var line = Array("WXTOP_FUZZ_SEED=\(seed)".utf8)
      line += Array(repeating: 0x20, count: max(0, 40 - line.count)) + [0x0A]
      _ = pwrite(descriptor, line, line.count, 0)
    }

    func remove() {
      close(descriptor)
      unlink(path)
    }
  }
}

/// Fails with a reason.
func require(_ holds: Bool, _ why: @autoclosure () -> String) throws {
  if !holds { throw Fuzz.Wrong(why()) }
}

/// Fails where a text for people has a character that a terminal obeys, or that hides or turns what stands around it.
func requireShowable(_ text: String, lines: Bool = false, _ what: @autoclosure () -> String) throws {
  for scalar in text.unicodeScalars {
    if lines, scalar == "\n" { continue }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate:
      throw Fuzz.Wrong("\(what()) has U+\(String(scalar.value, radix: 16)): \(Fuzz.escaped(Array(text.utf8)))")
    default: continue
    }
  }
}
