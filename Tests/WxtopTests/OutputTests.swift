import Dashboard
import Glibc
import Synchronization
import Testing
import WeixinModel
import WeixinSimulator

@testable import wxtop

/// Where text goes, and that nobody has to read it.
@Suite struct OutputTests {
  /// Both ends of a pipe, small and full as after a while that nobody has read it.
  private static func pipe(isFull: Bool, isBlocking: Bool) throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    try #require(Glibc.pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // F_SETPIPE_SZ
    _ = fcntl(ends[1], 1_031, 4_096)
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let filling = [UInt8](repeating: UInt8(ascii: "x"), count: 512)
    while isFull, write(ends[1], filling, filling.count) > 0 {}
    if isBlocking { _ = fcntl(ends[1], F_SETFL, 0) }
    return (ends[0], ends[1])
  }

  /// What comes until the other end is closed or nothing more comes.
  private static func read(_ descriptor: Int32, until isEnough: (String) -> Bool) -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !isEnough(String(decoding: all, as: UTF8.self)) {
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, 20_000) == 1, case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0
      else { break }
      all += buffer[..<count]
    }
    return String(decoding: all, as: UTF8.self)
  }

  private final class Told: Sendable {
    private let counts = Mutex<[Int]>([])
    var all: [Int] { counts.withLock { $0 } }
    func add(_ count: Int) { counts.withLock { $0.append(count) } }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [true, false])
  func `who runs on waits for no reader, leaves out what finds no room, and says so`(isBlocking: Bool) throws {
    let ends = try Self.pipe(isFull: true, isBlocking: isBlocking)
    defer { close(ends.read) }
    let told = Told()
    let output = Output(descriptor: ends.write, charset: .utf8).queued(charset: .utf8, limit: 1_000) { count, _ in
      told.add(count)
    }
    for number in 0..<1_000 { try output.write("line \(number)\n") }
    #expect(told.all == [1], "once, when the first is left out")
    // Somebody reads at last.
    let all = Self.read(ends.read) { $0.contains("line 0\n") && told.all.count == 2 }
    #expect(all.contains("line 0\n"))
    #expect(told.all.count == 2 && told.all.last.map { $0 > 800 } ?? false)
    try output.write("the end\n")
    #expect(Self.read(ends.read) { $0.contains("the end") }.contains("the end\n"))
    close(ends.write)
  }

  @Test func `a report waits for its reader and is whole, whoever made its output non-blocking`() async throws {
    let ends = try Self.pipe(isFull: false, isBlocking: false)
    let text = (0..<50_000).map { "\($0),0,1,text\n" }.joined()
    let reader = Task.detached { Self.read(ends.read) { $0.utf8.count >= text.utf8.count } }
    try await Task.detached { try Output(descriptor: ends.write, charset: .utf8).write(text) }.value
    close(ends.write)
    #expect(await reader.value == text)
    close(ends.read)
  }

  @Test func `a reader that went away is no failure that is told`() throws {
    let ends = try Self.pipe(isFull: false, isBlocking: true)
    close(ends.read)
    signal(SIGPIPE, SIG_IGN)
    for output in [
      Output(descriptor: ends.write, charset: .utf8),
      Output(descriptor: ends.write, charset: .utf8).queued(charset: .utf8) { _, _ in },
    ] {
      let error = #expect(throws: CommandFailure.self) { try output.write("text\n") }
      #expect(error?.sentence(.en) == nil && error?.exitStatus == 0)
    }
    close(ends.write)
  }

  @Test func `no control character is written for anybody`() throws {
    let ends = try Self.pipe(isFull: false, isBlocking: true)
    let output = Output(descriptor: ends.write, charset: .utf8)
    let evil = "a\u{1B}]0;x\u{7}b\u{9B}31mc\u{202E}d\u{2028}e\r\u{7F}\u{8}\tf"
    try output.write(evil + "\n")
    output.line(evil)
    close(ends.write)
    let all = Self.read(ends.read) { _ in false }
    #expect(all == "a]0;xb31mcde\tf\na]0;xb31mcde\tf\n")
    close(ends.read)
  }

  @Test func `a proxy and a file with escape sequences in their names reach no terminal`() async throws {
    try await withSimulator { simulator, place in
      try place.write(
        "accounts:\n  a: {appid: wxdemo0000000001, secret: s, proxy: \"http://\\e]0;x\\a:1\"}\n",
        to: "config/wxtop/config.yaml")
      try place.write("nonsense: 1", to: "config/wxtop/accounts.d/\u{1B}]0;pwned\u{7}.yaml")
      for command in ["speed", "accounts", "doctor"] {
        let run = try await Wxtop.run(command, in: place)
        #expect((run.output + run.error).unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
      }
    }
  }

  @Test func `a locale has its own character set, or ASCII with a word on it`() {
    let text = "300k/min ≠ L3"
    #expect(
      Charset(locale: nil) == .utf8 && Charset(locale: "zh_CN.UTF-8") == .utf8 && Charset(locale: "C.utf8") == .utf8)
    #expect(Charset(locale: "C") == .ascii && Charset(locale: "POSIX") == .ascii)
    let chinese: [(String, [UInt8])] = [
      ("zh_CN.GB18030", [0xCD, 0xF2]), ("zh_CN.gbk", [0xCD, 0xF2]), ("zh_TW.Big5", [0xC9, 0x45]),
    ]
    for (locale, bytes) in chinese {
      let charset = Charset(locale: locale)
      #expect(charset.bytes(of: "万") == bytes, "\(locale)")
      if locale != "zh_TW.Big5" { #expect(charset.isUnicode && charset.notice(.zh) == nil) }
    }
    for locale in ["en_US.ISO-8859-1", "de_DE.iso88591@euro", "ru_RU.KOI8-R", "xx_XX.no-such-set"] {
      let charset = Charset(locale: locale)
      #expect(!charset.isUnicode && charset.notice(.en) != nil)
      #expect(charset.bytes(of: text).allSatisfy { $0 < 0x80 })
    }
  }

  @Test func `where the locale's character set lacks Chinese it is English, with one word on it`() async throws {
    let place = try Place()
    for locale in ["zh_TW.BIG5", "zh_CN.ISO-8859-1"] {
      let run = await Wxtop.call("errors", in: place, adding: ["LC_ALL": locale])
      #expect(run.status == 0 && run.output.hasPrefix("-1, 61450  Weixin is busy"), "\(locale)")
      #expect(run.lines.allSatisfy { !$0.contains("额") })
      #expect(run.error.split(separator: "\n").count == 1 && run.error.contains("the locale's character set lacks"))
    }
    for locale in ["zh_CN.GB18030", "zh_TW.UTF-8"] {
      let run = await Wxtop.call("errors", in: place, adding: ["LC_ALL": locale])
      #expect(run.error.isEmpty && run.output.contains("额"), "\(locale)")
    }
    // Who asks for a language gets it, and is told.
    let asked = await Wxtop.call("speed", "--lang", "zh", in: place, adding: ["LC_ALL": "C"])
    #expect(asked.status == 78 && asked.error.contains("尚未配置账号"))
    #expect(asked.error.split(separator: "\n").count { $0.contains("question marks stand") } == 1)
  }

  @Test(arguments: ["zh_CN.GB18030", "en_US.ISO-8859-1"])
  func `every command keeps to the locale, and JSON to UTF-8`(locale: String) async throws {
    try await withSimulator { simulator, place in
      let more = ["LC_ALL": locale]
      let name = String(locale.split(separator: ".")[1])
      for arguments in [
        ["speed"], ["hours", "2024-11-11"], ["--plain", "--date", "2024-11-11"],
        ["--once", "--date", "2024-11-11", "--size", "80x24"], ["errors"], ["keys"], ["hours", "2999-01-01"],
      ] {
        let words = (["$WXTOP"] + arguments).joined(separator: " ")
        let run = try await Wxtop.script(
          "(\(words) 2>&1; true) | iconv -f \(name) -t UTF-8", in: place, simulator, adding: more)
        #expect(run.status == 0, "\(words): \(run.error)")
        if locale.hasPrefix("zh") {
          #expect(run.output.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(words)")
        } else {
          #expect(run.output.contains("character set"), "\(words)")
        }
      }
      let json = try await Wxtop.script(
        "$WXTOP hours 2024-11-11 --format json | iconv -f UTF-8 -t UTF-8", in: place, simulator, adding: more)
      #expect(json.status == 0 && json.output.hasPrefix("[\n"))
    }
  }

  @Test func `a monitor whose stdout nobody reads goes on, and ends by SIGTERM`() async throws {
    try await withSimulator(FleetTests.options(accounts: 3)) { simulator, place in
      let accounts = (1...3).map {
        "  a\($0): {appid: wxdemo000000000\($0), secret: demo-secret, api_base: \"\(simulator.baseURL)\"}\n"
      }
      try place.write("interval: 5\naccounts:\n" + accounts.joined(), to: "config/wxtop/config.yaml")
      // A FIFO that the shell holds open, and fills.
      let child = try Child.start(
        "sh",
        [
          "-c",
          "cd \(place.path); mkfifo full; exec 3<>full; (head -c 1000000 /dev/zero >&3) & exec \(Wxtop.path) monitor >&3",
        ],
        environment: place.environment(), error: place.file("err"))
      defer { kill(-child.pid, SIGKILL) }
      _ = try await until("polls of all of them") { await (simulator.calls[.speed] ?? 0) >= 9 ? true : nil }
      for level in 1...4 {
        await simulator.setSpeed(level: level, realspeed: 10 + level)
        let before = await simulator.calls[.speed] ?? 0
        _ = try await until("more polls") { await (simulator.calls[.speed] ?? 0) >= before + 3 ? true : nil }
      }
      kill(child.pid, SIGTERM)
      #expect(try await child.ended(within: .seconds(30)) == 0)
    }
  }

  @Test(arguments: ["hours --from 2024-01-01 --to 2024-12-31 --format csv", "speed --watch --interval 5"])
  func `what was ignored at the start stays ignored`(words: String) async throws {
    try await withSimulator { simulator, place in
      let run = try await Wxtop.script(
        """
        cd \(place.path)
        trap '' HUP INT
        $WXTOP \(words) >out 2>err & P=$!
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -s out ] && break; sleep 0.3; done
        kill -HUP $P; kill -INT $P; sleep 1
        kill -0 $P && echo lives
        kill -TERM $P; wait $P; echo $?
        """, in: place, simulator)
      #expect(run.output == "lives\n143\n", "\(run.error)")
    }
  }

  @Test func `the secret is read from the environment, and then stands there no more`() async throws {
    try await withSimulator { simulator, place in
      let seen = place.file("seen")
      let hook = try place.write(
        """
        #!/bin/sh
        { tr '\\0' '\\n' </proc/$PPID/environ | grep '^WXTOP_'; grep '^Max core' /proc/self/limits; grep SigIgn /proc/self/status
        ls -l /proc/self/fd; } >\(seen).part
        mv \(seen).part \(seen)
        """, to: "hook", mode: 0o700)
      await simulator.setSpeed(level: 4, realspeed: 10)
      try place.write("interval: 5\nalerts: {command: [\(hook)]}\n", to: "config/wxtop/config.yaml")
      let child = try Child.start(
        Wxtop.path, ["monitor"], environment: place.environment(simulator), error: place.file("err"))
      defer { child.signal(SIGKILL) }
      let text = try await until("what the command sees") { () -> String? in
        let text = place.text(of: "seen")
        return text.isEmpty ? nil : text
      }
      #expect(text.contains("WXTOP_APPID=") && !text.contains("demo-secret"))
      #expect(text.contains("WXTOP_SECRET=\n") || !text.contains("WXTOP_SECRET="))
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
      #expect(text.contains(limit.rlim_cur == 0 ? "Max core file size        0" : "Max core file size"))
      child.signal(SIGTERM)
      #expect(try await child.ended() == 0)
    }
  }

  @Test(.enabled(if: Self.hasNamespaces))
  func `localhost is this machine, whatever a file or a name server says of it`() async throws {
    try await withSimulator { simulator, place in
      let hosts = try place.write("10.9.9.9 localhost\n", to: "hosts", mode: 0o644)
      let run = try await Wxtop.script(
        """
        unshare -m --propagation private sh -c 'mount --bind \(hosts) /etc/hosts
        getent ahosts localhost | head -1; exec "$WXTOP" speed --deadline 20 --api-base http://localhost:\(simulator.port)'
        """, in: place, simulator)
      #expect(run.status == 0 && run.output.contains("10.9.9.9") && run.output.contains("  L"), "\(run)")
    }
  }

  /// Whether the machine lets a test have a process 1 of its own.
  static let hasNamespaces = geteuid() == 0 && system("unshare -pf --mount-proc true 2>/dev/null") == 0

  @Test(.enabled(if: Self.hasNamespaces))
  func `as process 1 it leaves no zombie, hands signals on and ends as it would`() async throws {
    try await withSimulator { simulator, place in
      let secret = try place.write(
        "#!/bin/sh\n(sleep 0.2; exit 0) & (exit 0) &\necho demo-secret\n", to: "secret", mode: 0o700)
      try place.write(
        "interval: 5\naccounts:\n  a: {appid: wxdemo0000000001, secret_command: [\(secret)], api_base: \"\(simulator.baseURL)\"}\n",
        to: "config/wxtop/config.yaml")
      let run = try await Wxtop.script(
        """
        cd \(place.path)
        unshare -pf --mount-proc sh -c 'exec "$WXTOP" monitor' >out 2>err & P=$!
        for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 0.5; grep -q Watching out && break; done
        sleep 3
        C=$(cat /proc/$P/task/$P/children)
        echo "pid 1: $(tr '\\0' ' ' </proc/${C% }/cmdline | grep -c monitor)"
        for p in $(cat /proc/${C% }/task/*/children); do grep -l '^State:.Z' /proc/$p/status; done
        kill -TERM ${C% }; wait $P; echo $?
        """, in: place)
      #expect(run.output == "pid 1: 1\n0\n", "\(run.output) \(run.error)")
      #expect(await simulator.calls[.speed] ?? 0 > 0)
    }
  }
}
