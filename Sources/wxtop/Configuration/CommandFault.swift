import Dashboard
import WeixinModel

/// Why a `secret_command` or `token_command` gave nothing. Holds nothing that it printed on stdout.
struct CommandFault: Error, Hashable, Sendable {
  let command: OutsideCommand
  let cause: Cause

  enum Cause: Hashable, Sendable {
    case notFound
    /// It, or a folder on the way to it, is another's, or others may write it.
    case unsafe(ConfigurationProblem)
    case timedOut(seconds: Int)
    /// With what it said on stderr, cleaned, cut and redacted.
    case exited(status: Int32, said: String)
    case killed(signal: Int32)
    case tooLong(limit: Int)
    case empty(said: String)
    /// Bytes that are no text.
    case notText(PlainText.Flaw)
    /// A line that can be no secret or token.
    case unusable(CredentialText.Flaw)
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
    case (.unsafe(let problem), _): return "\(name): \(problem.sentence(language).withoutFullStop)"
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
    case (.notText(.utf16), .en): return "\(name) printed UTF-16 text; let it print UTF-8"
    case (.notText(.utf16), .zh): return "\(name) 输出了 UTF-16 文本，请让它输出 UTF-8"
    case (.notText(.notUTF8), .en): return "\(name) printed bytes that are not UTF-8 text"
    case (.notText(.notUTF8), .zh): return "\(name) 的输出不是 UTF-8 文本"
    case (.unusable(let flaw), .en):
      return "the first line of what \(name) printed \(flaw.words(.en)), so it was not used"
    case (.unusable(let flaw), .zh): return "\(name) 输出的第一行\(flaw.words(.zh))，没有使用"
    case (.other(let text), .en): return "\(name) could not be run: \(text)"
    case (.other(let text), .zh): return "\(name) 无法运行：\(text)"
    }
  }

  private func tail(_ said: String, _ separator: String) -> String { said.isEmpty ? "" : separator + said }
}
