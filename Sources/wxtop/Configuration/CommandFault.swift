import Dashboard
import WeixinModel

/// Why a `secret_command` or `token_command` gave nothing. Holds nothing that it printed on stdout.
struct CommandFault: Error, Hashable, Sendable {
  let command: OutsideCommand
  let cause: Cause

  enum Cause: Hashable, Sendable {
    case notFound
    case timedOut(seconds: Int)
    /// With what it said on stderr, cleaned, cut and redacted.
    case exited(status: Int32, said: String)
    case killed(signal: Int32)
    case tooLong(limit: Int)
    case empty(said: String)
    case other(String)
  }

  /// As the access token's source has it.
  func apiError(_ language: Language) -> APIError { .tokenSource(cause: words(language).withoutFullStop) }

  /// A clause without a full stop of its own.
  func words(_ language: Language) -> String {
    let name = "\(command.key) \(command.name)"
    switch (cause, language) {
    case (.notFound, .en): return "\(name) was not found, or may not be run"
    case (.notFound, .zh): return "\(name) 不存在或不可执行"
    case (.timedOut(let seconds), .en): return "\(name) took longer than \(seconds) s and was killed"
    case (.timedOut(let seconds), .zh): return "\(name) 超过 \(seconds) 秒，已被终止"
    case (.exited(let status, let said), .en): return "\(name) ended with status \(status)\(tail(said, ": "))"
    case (.exited(let status, let said), .zh): return "\(name) 以状态 \(status) 结束\(tail(said, "："))"
    case (.killed(let signal), .en): return "\(name) was ended by signal \(signal)"
    case (.killed(let signal), .zh): return "\(name) 被信号 \(signal) 终止"
    case (.tooLong(let limit), .en): return "\(name) printed more than \(limit >> 10) KiB"
    case (.tooLong(let limit), .zh): return "\(name) 的输出超过 \(limit >> 10) KiB"
    case (.empty(let said), .en): return "\(name) printed nothing\(tail(said, ": "))"
    case (.empty(let said), .zh): return "\(name) 没有输出\(tail(said, "："))"
    case (.other(let text), .en): return "\(name) could not be run: \(text)"
    case (.other(let text), .zh): return "\(name) 无法运行：\(text)"
    }
  }

  private func tail(_ said: String, _ separator: String) -> String { said.isEmpty ? "" : separator + said }
}
