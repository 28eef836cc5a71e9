import CursesTerminal
import Dashboard
import Glibc
import Synchronization

/// What a command has from whoever started it: the environment, and the places for its words. A value, so that the tests read a
/// command's report without a process.
struct Surroundings: Sendable {
  var environment = Environment.process
  /// Data for programs.
  var output = Output.standard
  /// Lines for people, beside the data.
  var error = Output.error
  /// What the terminal could do: ncurses can be asked by one at a time.
  var survey: @Sendable (Environment) -> TerminalSurvey = { TerminalSurvey(environment: $0.variables) }
  /// Whether signals end a command, as they should where it is all that the process does.
  var heedsSignals = true
  private let charsetWord = FirstTime()

  /// The same for what runs on and on, whether or not anybody reads what it says.
  func queued(_ language: Language) -> Surroundings {
    let charset = environment.charset
    let sentence = { @Sendable (stream: String, count: Int) in
      language == .zh
        ? "wxtop：\(stream) 无人读取，略去了 \(count) 行。"
        : "wxtop: nobody reads \(stream): \(count) line\(count == 1 ? "" : "s") left out."
    }
    var surroundings = self
    let error = error.queued(charset: charset) { count, hasRoom in
      guard hasRoom else { return }
      try? OutputQueue.send(charset.bytes(of: sentence("stderr", count) + "\n")[...], to: STDERR_FILENO)
    }
    surroundings.error = error
    surroundings.output = output.queued(charset: charset) { count, _ in error.line(sentence("stdout", count)) }
    return surroundings
  }

  /// The language that the locale asks for; English where its character set lacks Chinese, with a word on it.
  var language: Language {
    let wish = Language(environment: environment.variables)
    sayCharset(wish)
    return environment.charset.holds(wish) ? wish : .en
  }

  /// The language that somebody asked for, else that of the locale.
  func language(_ asked: Language?) -> Language {
    guard let asked else { return language }
    sayCharset(asked, asked: true)
    return asked
  }

  /// Says that the locale's character set is not written, whatever the language.
  func sayMissingCharset() {
    if environment.charset.isMissing { sayCharset(Language(environment: environment.variables)) }
  }

  /// Says, once, what the locale's character set does to what is written.
  private func sayCharset(_ language: Language, asked: Bool = false) {
    if let notice = environment.charset.notice(language, asked: asked), charsetWord.isNow { say(notice) }
  }

  /// One sentence for people.
  func say(_ sentence: String) { error.line("wxtop: \(sentence)") }
}

/// Whether something happens for the first time.
private final class FirstTime: Sendable {
  private let hasBeen = Atomic(false)
  var isNow: Bool { !hasBeen.exchange(true, ordering: .relaxed) }
}
