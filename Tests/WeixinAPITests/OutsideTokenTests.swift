import Synchronization
import Testing
import WeixinModel

@testable import WeixinAPI

@Suite struct OutsideTokenTests {
  /// A source that hands out these texts one after the other, and the last one for ever.
  private final class Service: Sendable {
    private let texts: [String]
    private let count = Mutex(0)

    init(_ texts: String...) { self.texts = texts }

    var asked: Int { count.withLock(\.self) }

    func next() -> Secret {
      count.withLock { count in
        defer { count += 1 }
        return Secret(texts[min(count, texts.count - 1)])
      }
    }
  }

  @Test func `the source is asked once for all callers`() async throws {
    let service = Service("a")
    let source = OutsideToken { service.next() }
    let values = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<20 { group.addTask { try await source.token().value?.revealed } }
      return try await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(values == [String?](repeating: "a", count: 20))
    #expect(service.asked == 1)
  }

  @Test func `the source is asked again after a refusal, but not at once`() async throws {
    let (service, clock) = (Service("a", "b", "b"), HandClock())
    let source = OutsideToken(clock: clock.boot) { service.next() }
    let first = try await source.token()
    clock.advance(seconds: OutsideToken.pause - 1)
    #expect(try await source.replacement(for: first) == nil)
    clock.advance(seconds: 1)
    let second = try await source.replacement(for: first)
    #expect(second?.value?.revealed == "b")
    // Whoever reports the first one late gets what came since.
    #expect(try await source.replacement(for: first) == second)
    #expect(service.asked == 2)
    clock.advance(seconds: OutsideToken.pause)
    // The same text once more is no other token.
    #expect(try await source.replacement(for: try #require(second)) == nil)
    #expect(service.asked == 3)
  }

  @Test func `after a failure the source is asked again`() async throws {
    let service = Service("a", "a")
    let source = OutsideToken {
      let token = service.next()
      if service.asked == 1 { throw APIError.noToken(cause: "closed") }
      return token
    }
    await #expect(throws: APIError.noToken(cause: "closed")) { try await source.token() }
    #expect(try await source.token().value?.revealed == "a")
  }
}
