extension FixedWidthInteger {
  /// The number that ASCII digits alone make: no sign, no blank, and not beyond what the type holds. The library's own reading
  /// takes `+1` too, which is neither part of an address nor a port.
  public init?(digits text: some StringProtocol) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Self(text) else {
      return nil
    }
    self = number
  }
}
