import Glibc

/// What the C library does with memory that is free. Its functions are found by name, since Swift's module of it lacks them.
enum Memory {
  /// One pool for all threads: each thread's own would hold back what the others have let go.
  static func sharePool() {
    typealias Function = @convention(c) (_ parameter: Int32, _ value: Int32) -> Int32
    guard let symbol = dlsym(nil, "mallopt") else { return }
    let arenaMax: Int32 = -8
    _ = unsafeBitCast(symbol, to: Function.self)(arenaMax, 1)
  }

  /// Gives the system back what is free: after the configuration of a thousand accounts was read, that is a good part.
  static func giveBack() {
    typealias Function = @convention(c) (_ pad: Int) -> Int32
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    _ = unsafeBitCast(symbol, to: Function.self)(0)
  }
}
