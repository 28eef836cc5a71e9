import Dashboard
import WeixinModel

/// Why a command ended without doing its work. This is the one place where failures become sentences and statuses.
enum CommandFailure: Error {
  /// No account is configured.
  case noCredentials
  /// The command that lists the accounts, by its name, listed none, and none is configured beside it.
  case emptyList(command: String)
  /// A call failed.
  case api(APIError)
  /// A call failed again and again, by what usually passes.
  case givenUp(APIError)
  /// Some of several days could not be had; each was reported when it failed, the status is of the first.
  case daysMissing(first: APIError)
  /// The archive cannot be used.
  case archive(ArchiveFault, path: String)
  /// The configuration is broken: the file or variable, the line where there is one, and what is wrong.
  case configuration(file: String, line: Int?, problem: ConfigurationProblem)
  /// An option or argument is wrong.
  case usage(String)
  /// A date is wrong or lies where there is no data.
  case date(DateProblem)
  /// The screen cannot be used; what to do instead.
  case terminal(String)
  /// Another process backfills the account.
  case backfillBusy
  /// The simulator could not be started.
  case simulator(String)
  /// The port of `wxtop metrics` could not be opened.
  case listening(ListenAddress, ListenProblem)
  /// Output could not be written.
  case output(cause: String)
  /// Something was written nowhere: the reader is gone. Nothing is said.
  case outputClosed
  /// A command that checks something found something wrong and has said so; the status is of the first.
  case foundWrong(status: Int32)
  /// A signal ended the command.
  case stopped(signal: Int32)

  enum DateProblem {
    case refusal(DateExpression.Refusal)
    case tooEarly(BeijingDay)
    case notOver(BeijingDay, newest: BeijingDay)
    case reversed(from: BeijingDay, to: BeijingDay)
    /// This machine's clock says a day before all data.
    case clockBeforeData(BeijingDay)
    /// This machine's clock says a day on which nobody will run this.
    case clockAhead(BeijingDay)
  }

  /// The exit status, as the README lists it.
  var exitStatus: Int32 {
    switch self {
    case .noCredentials, .emptyList, .configuration: 78
    case .api(let error), .givenUp(let error), .daysMissing(let error): error.exitStatus
    case .archive(.newerVersion, _), .archive(.movedAside, _), .archive(.damaged, _): 65
    case .archive, .output: 73
    case .usage, .date: 64
    case .listening(_, .notPermitted): 77
    case .listening: 69
    case .terminal, .simulator: 69
    case .backfillBusy: 75
    case .outputClosed: 0
    case .foundWrong(let status): status
    case .stopped(let signal): 128 + signal
    }
  }

  /// The sentence for stderr; nil where there is nothing to say.
  func sentence(_ language: Language) -> String? {
    switch self {
    case .noCredentials: Self.howToBegin(language)
    case .emptyList(let command):
      language == .zh
        ? "accounts_command（\(command)）没有列出任何账号，配置文件中也没有别的账号。请用运行 wxtop 的用户手动执行该命令。"
        : "accounts_command (\(command)) listed no account, and no other is configured. Run it by hand as the user that wxtop runs as."
    case .api(let error): Explanation(error, language).paragraph(did: Self.stopped(language))
    case .givenUp(let error):
      Explanation(error, language).paragraph(did: language == .zh ? "wxtop 重试后仍然失败。" : "wxtop tried again and gave up.")
    case .archive(let fault, let path): fault.sentence(path: path, ends: true, language)
    case .configuration(let file, let line, let problem):
      // Paths stand in it as the configuration has them.
      (language == .zh
        ? "\(file)\(line.map { " 第 \($0) 行" } ?? "")：\(problem.sentence(language))"
        : "\(file)\(line.map { ":\($0)" } ?? ""): \(problem.sentence(language))").cleaned(limit: 8_192)
    case .output(let cause):
      language == .zh ? "输出无法写入：\(cause)。" : "The output could not be written: \(cause)."
    case .listening(let address, let problem): problem.sentence(address, language)
    case .backfillBusy:
      language == .zh
        ? "另一个 wxtop 正在补全该账号的存档，没有调用接口。请等它结束。"
        : "Another wxtop is backfilling this account's archive, so no call was made. Wait until it ends."
    case .usage(let text), .terminal(let text), .simulator(let text): text
    case .date(let problem): problem.sentence(language)
    case .daysMissing, .outputClosed, .foundWrong, .stopped: nil
    }
  }

  /// For ``usage(_:)``: a bare token names no account.
  static func whoseHistory(_ language: Language) -> String {
    language == .zh
      ? "只有 WXTOP_TOKEN 时不知道历史属于谁：请同时给出 WXTOP_APPID 或 --archive。"
      : "A bare WXTOP_TOKEN does not say whose history it is: give WXTOP_APPID or --archive with it."
  }

  private static func stopped(_ language: Language) -> String {
    language == .zh ? "wxtop 没有再试。" : "wxtop did not try again."
  }

  private static func howToBegin(_ language: Language) -> String {
    switch language {
    case .en:
      """
      no account is configured. Give one of these:
        WXTOP_APPID=wx… WXTOP_SECRET_FILE=/path/to/secret wxtop     an AppID and its AppSecret
        WXTOP_TOKEN=… wxtop                                         a ready access token
        $XDG_CONFIG_HOME/wxtop/config.yaml                          accounts by name, see the README
      To look around without an account: wxtop --demo
      """
    case .zh:
      """
      尚未配置账号，请任选一种：
        WXTOP_APPID=wx… WXTOP_SECRET_FILE=/path/to/secret wxtop     AppID 与 AppSecret
        WXTOP_TOKEN=… wxtop                                         现成的 access_token
        $XDG_CONFIG_HOME/wxtop/config.yaml                          按名称配置账号，见 README
      没有账号也能试用：wxtop --demo
      """
    }
  }
}

extension CommandFailure.DateProblem {
  /// The first day that no clock is believed.
  private static let unbelieved = BeijingDay(ordinal: 47_482)

  /// What is wrong with a clock by which no day can be asked for, if anything is.
  init?(clock now: Timestamp) {
    let today = now.beijingDay
    if Publication.newestOpen(at: now) < .firstKept {
      self = .clockBeforeData(today)
    } else if today >= Self.unbelieved {
      self = .clockAhead(today)
    } else {
      return nil
    }
  }

  func sentence(_ language: Language) -> String {
    switch (self, language) {
    case (.refusal(.noSuchDate(let text)), _): Phrase.noSuchDate(text).text(language)
    case (.refusal(.notUnderstood(let text)), _): Phrase.dateNotUnderstood(text).text(language)
    case (.tooEarly(let day), .en): "\(day) is before 2014-12-01, the first day that Weixin keeps."
    case (.tooEarly(let day), .zh): "\(day) 早于微信保存的第一天 2014-12-01。"
    case (.notOver(let day, let newest), .en):
      "\(day) is not over in Beijing; the newest day that can be had is \(newest)."
    case (.notOver(let day, let newest), .zh): "北京时间 \(day) 尚未结束，目前最新的一天是 \(newest)。"
    case (.reversed(let from, let to), .en): "--from \(from) is after --to \(to)."
    case (.reversed(let from, let to), .zh): "--from \(from) 晚于 --to \(to)。"
    case (.clockBeforeData(let today), .en):
      "This machine's clock says \(today), which is before 2014-12-02, when the first day was over that Weixin keeps. Set the clock."
    case (.clockBeforeData(let today), .zh): "本机时钟为 \(today)，早于微信保存的第一天 2014-12-01 结束之时。请校准时钟。"
    case (.clockAhead(let today), .en): "This machine's clock says \(today), which lies far ahead. Set the clock."
    case (.clockAhead(let today), .zh): "本机时钟为 \(today)，远在未来。请校准时钟。"
    }
  }
}

extension APIError {
  /// sysexits: 65 unusable reply, 69 unavailable, 75 later, 77 not allowed, 78 configuration, 70 wxtop's own fault.
  var exitStatus: Int32 {
    switch self {
    case .notAllowed: return 78
    case .tokenSource: return 77
    case .http(429, _): return 75
    case .tls, .noLibrary, .http, .redirected: return 69
    default: break
    }
    switch errorClass {
    case .transient: return 69
    case .reply: return 65
    case .notReady, .minuteQuota, .dayQuota: return 75
    case .staleToken, .credentials, .networkPolicy, .accountState: return 77
    case .request: return 70
    }
  }
}
