import Glibc
import Testing

/// A process that a test started, in a process group of its own.
struct Child: Sendable {
  let pid: pid_t

  /// Starts a program with its standard streams on files.
  static func start(
    _ program: String, _ arguments: [String], environment: [String: String], input: String = "/dev/null",
    output: String = "/dev/null", error: String = "/dev/null"
  ) throws -> Child {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // A simulator's port that a child had inherited would stay open as long as the child.
    for descriptor in 3..<min(1_024, Int32(clamping: sysconf(Int32(_SC_OPEN_MAX)))) {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }

    // The test runner's blocked and ignored signals are none of the child's.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw SystemError(call: "start of \(program)", code: code) }
    return Child(pid: pid)
  }

  /// The status as a shell has it, 128 and more for a signal. A child that does not end in time is killed, and that is an error.
  func ended(within limit: Duration = .seconds(120)) async throws -> Int32 {
    do {
      return try await until("the end of process \(pid)", within: limit) {
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
      }
    } catch {
      kill(-pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      throw error
    }
  }
}

/// Whether a process runs, and is no zombie.
func isRunning(_ pid: pid_t) -> Bool {
  guard kill(pid, 0) == 0 else { return false }
  let text = (try? contents(of: "/proc/\(pid)/stat")) ?? ""
  return !(text.split(separator: ")").last ?? "").hasPrefix(" Z") && !text.isEmpty
}

/// A file of unknown length, as those of /proc are.
func contents(of path: String) throws -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw SystemError(call: "open \(path)", code: errno) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4_096)
  while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

extension Child {
  func signal(_ number: Int32) { kill(pid, number) }
}
