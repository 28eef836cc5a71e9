extension [String] {
  /// The words one after the other.
  ///
  /// For `joined` the runtime looks for a type through every conformance of the program; a first frame must not wait for that.
  func list(_ separator: String) -> String { dropFirst().reduce(first ?? "") { $0 + separator + $1 } }
}
