import Glibc

/// A socket that listens on a numeric address. Opened by hand, since the library would not say what was wrong.
struct ListeningSocket {
  let descriptor: Int32
  let port: Int

  init(host: String, port: Int) throws(LoopbackServer.Failure) {
    var four = sockaddr_in()
    var six = sockaddr_in6()
    let bigEndian = in_port_t(truncatingIfNeeded: port).bigEndian
    if inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = bigEndian
      try self.init(family: AF_INET, &four)
    } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
      six.sin6_family = sa_family_t(AF_INET6)
      six.sin6_port = bigEndian
      try self.init(family: AF_INET6, &six)
    } else {
      throw .system(EINVAL)
    }
  }

  private init<Address>(family: Int32, _ address: inout Address) throws(LoopbackServer.Failure) {
    let flags = SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let opened = socket(family, Int32(SOCK_STREAM.rawValue | flags), 0)
    guard opened >= 0 else { throw .system(errno) }
    var isOn: Int32 = 1
    setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
    var size = socklen_t(MemoryLayout<Address>.size)
    let problem = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(opened, $0, size) == 0 && listen(opened, 256) == 0 && getsockname(opened, $0, &size) == 0 ? 0 : errno
      }
    }
    guard problem == 0 else {
      close(opened)
      throw .system(problem)
    }
    descriptor = opened
    // At the same place for both families.
    port = withUnsafeBytes(of: &address) { Int($0.load(fromByteOffset: 2, as: in_port_t.self).bigEndian) }
  }
}
