import Testing

@testable import wxtop

@Suite struct ListenAddressTests {
  @Test(arguments: [
    "127.0.0.1\u{0}x:9414", "[::1\u{0}]:9414", "[fe80::1%e\u{A}]:9414", "[fe80::1%\u{202E}]:9414", "127.0.0.1 :9414",
    "localhost\u{1B}:1",
  ])
  func `an address with what cannot be shown is none`(text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test(arguments: ["127.0.0.1:9414", "[::1]:9414", "localhost:0", "[fe80::1%eth0]:1"])
  func `an address is read as it is written`(text: String) {
    #expect(ListenAddress(text)?.text == text)
  }
}
