import Dashboard
import WeixinAPI
import WeixinModel

/// Looks at everything that wxtop stands on, one thing after the other, and never throws: what is wrong is a finding.
/// Makes at most five calls to Weixin, and changes nothing but what calls change: their count, and the shared token.
struct Doctor {
  let choice: AccountChoice
  /// The language of the findings.
  private(set) var language: Language
  /// The account's app ID, cut so that it names but does not identify.
  private(set) var shortAppID = ""
  /// Where the calls go.
  private(set) var address = ""
  private(set) var findings: [Finding] = []

  init(_ choice: AccountChoice) {
    self.choice = choice
    language = choice.language
  }

  mutating func examine() async {
    let configuration = checkConfiguration()
    let entry = if let configuration { await checkAccount(configuration.content) } else { nil as AccountEntry? }
    let setup = await checkCredentials(entry)
    findings += FileChecks(language: language).findings(
      archive: archivePath(entry), log: choice.environment.logFile)
    if let setup {
      shortAppID = String((entry?.appid ?? "").prefix(6)).cleaned()
      address = setup.apiBase.withoutLogin
      findings += await CallChecks(
        setup: setup, archivePath: archivePath(entry), isOffline: choice.offline, language: language,
        isASCII: !choice.environment.isUnicode, deadline: choice.deadline
      ).findings()
    } else {
      let needed: Check = configuration == nil ? .configuration : entry == nil ? .account : .credentials
      for check in CallChecks.checks { findings.append(check.skipped(needs: needed, language)) }
    }
    findings.append(TerminalCheck(language: language).finding(choice.surroundings))
  }

  /// In the language of the findings.
  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }

  /// The configuration, which may be none; nil when it is broken.
  private mutating func checkConfiguration() -> (content: Configuration?, Void)? {
    do throws(CommandFailure) {
      let content = try choice.configuration()
      if let named = content?.language.flatMap(Language.init), choice.lang == nil { language = named }
      let path = choice.configurationFile?.path.cleaned() ?? ""
      if let content {
        let count = content.accounts.count
        findings.append(Check.configuration.ok(say("\(path), accounts: \(count)", "\(path)，账号 \(count) 个")))
      } else if path.isEmpty {
        findings.append(
          Check.configuration.ok(say("none: there is no HOME", "没有：环境中没有 HOME")))
      } else {
        findings.append(Check.configuration.ok(say("no file at \(path)", "\(path) 没有文件")))
      }
      return (content, ())
    } catch {
      findings.append(failure(.configuration, error))
      return nil
    }
  }

  private mutating func checkAccount(_ configuration: Configuration?) async -> AccountEntry? {
    do throws(CommandFailure) {
      let entry = try await choice.entry(configuration)
      let place = entry.isFromEnvironment ? say("the environment", "环境变量") : say("the configuration", "配置文件")
      findings.append(Check.account.ok(say("\(entry.name), from \(place)", "\(entry.name)，来自\(place)")))
      return entry
    } catch {
      findings.append(
        error.isWithoutAccount
          ? Check.account.fail(
            say("no account is configured", "没有配置账号"),
            say(
              "You: set WXTOP_APPID and WXTOP_SECRET_FILE, or write a configuration as the README shows.",
              "请设置 WXTOP_APPID 和 WXTOP_SECRET_FILE，或按 README 编写配置文件。"), status: error.exitStatus)
          : failure(.account, error))
      return nil
    }
  }

  /// Reads the files and runs the command, so that what fails later is not theirs.
  private mutating func checkCredentials(_ entry: AccountEntry?) async -> AccountSetup? {
    guard let entry else {
      let broken = findings.contains { $0.check == .configuration && $0.outcome == .fail }
      if broken { findings.append(Check.account.skipped(needs: .configuration, language)) }
      findings.append(Check.credentials.skipped(needs: broken ? .configuration : .account, language))
      return nil
    }
    do {
      var setup = try choice.setup(entry, language)
      try await setup.runCommand()
      let origin = entry.origin.cleaned() + leftOut(entry)
      findings.append(
        setup.credentials.isClassic
          ? Check.credentials.warning(
            origin + say(", token: classic", "，token: classic"), AccountSetup.classicWarning(language))
          : Check.credentials.ok(origin))
      return setup
    } catch let error as CommandFailure {
      findings.append(failure(.credentials, error))
    } catch let fault as CommandFault {
      findings.append(
        Check.credentials.fail(
          fault.words(language),
          say(
            "You: run the command by hand as the user that wxtop runs as; it must print one line and end with status 0.",
            "请用运行 wxtop 的用户手动执行该命令，它应输出一行并以状态 0 结束。"), status: 77))
    } catch {
      findings.append(Check.credentials.fail("\(error)".cleaned(), "", status: 70))
    }
    return nil
  }

  /// What stood at the ends of the values, which is better taken out where they are kept.
  private func leftOut(_ entry: AccountEntry) -> String {
    entry.leftOut.sorted { $0.key < $1.key }.map { key, scalars in
      let names = scalars.map { $0.named(language) }.joined(separator: say(", ", "、"))
      return say("; left out at the ends of \(key): \(names)", "；已略去 \(key) 首尾的\(names)")
    }.joined()
  }

  private func archivePath(_ entry: AccountEntry?) -> String? {
    if let path = choice.archive ?? choice.environment["WXTOP_ARCHIVE"] { return path }
    let belongsToNobody = entry.map { $0.isFromEnvironment && $0.appid == nil } ?? false
    return belongsToNobody ? nil : choice.environment.archiveFile
  }

  private func failure(_ check: Check, _ error: CommandFailure) -> Finding {
    check.fail(
      (error.sentence(language) ?? "").cleaned(), say("You: correct it, then run doctor again.", "请改正后重新运行 doctor。"),
      status: error.exitStatus)
  }
}

extension CommandFailure {
  fileprivate var isWithoutAccount: Bool {
    if case .noCredentials = self { return true }
    return false
  }
}

extension AccountSetup {
  /// Runs the command of the credentials once, and puts what it printed in its place.
  fileprivate mutating func runCommand() async throws {
    switch credentials {
    case .secretCommand(let command, let appid, let call):
      credentials = .appSecret(appid: appid, secret: try await command.firstLine(), call: call)
    case .tokenCommand(let command): credentials = .readyToken(try await command.firstLine())
    case .listed(let list, let name): if let token = try await list.token(of: name) { credentials = .readyToken(token) }
    case .readyToken, .tokenFile, .appSecret, .cloud: break
    }
  }
}

extension String {
  /// An address without user and password, and without what may follow a question mark.
  var withoutLogin: String {
    let address = prefix { $0 != "?" && $0 != "#" }
    guard let at = address.lastIndex(of: "@") else { return String(address).cleaned(limit: 200) }
    let scheme = address.firstRange(of: "://").map { address[..<$0.upperBound] } ?? ""
    return (String(scheme) + address[address.index(after: at)...]).cleaned(limit: 200)
  }
}
