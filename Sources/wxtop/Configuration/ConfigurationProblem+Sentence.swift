import Dashboard
import Glibc

extension ConfigurationProblem {
  /// The user's number, for `chown`.
  private static var user: uid_t { geteuid() }

  var english: String {
    switch self {
    case .missing: "there is no such file."
    case .noSuch(let kind): "the \(kind.english) does not exist."
    case .unreadable(let kind, let cause): "the \(kind.english) cannot be read: \(cause)."
    case .silent(let kind, let seconds):
      "the \(kind.english) is a pipe or device that gave nothing within \(seconds) s."
    case .tooLarge(let kind): "the \(kind.english) is larger than 1 MiB."
    case .notText(let kind): "the \(kind.english) is not UTF-8 text."
    case .utf16(let kind):
      "the \(kind.english) is UTF-16 text, which wxtop does not read. Save it as UTF-8."
    case .ofOthers(let kind, let path):
      "the \(kind.english) \(path) belongs neither to you nor to root, so wxtop does not do what it says. "
        + "Run as root: chown \(Self.user) \(path)"
    case .writableByOthers(let kind, let path):
      "the \(kind.english) \(path) may be written by others, so wxtop does not do what it says. "
        + "Run: chmod go-w \(path)"
    case .credential(let key, let flaw):
      "\(key.map { "the value of \($0)" } ?? "the value") \(flaw.words(.en)), so wxtop does not use it. Write it anew."
    case .tooManyAliases:
      "the aliases (*name) make it far larger than it may be, or stand for a key. Write out what they stand for."
    case .notListable(let key, let account, let allowed):
      "account \(account) is listed with \(key), which only the configuration may have; nothing was taken or run. "
        + "A list may have \(allowed.joined(separator: ", "))."
    case .foreignAddress(let address, let account):
      "account \(account) is listed with api_base \(address), which the configuration does not have; nothing was taken or "
        + "sent. If the address is right, write api_base: \(address) into the configuration."
    case .noListedToken(let account):
      "account \(account) is listed without an access token; a list gives each account its token itself."
    case .noVisibleName: "an account needs a name that can be seen."
    case .empty(let kind): "the \(kind.english) is empty."
    case .noCertificate: "the file holds no PEM certificate."
    case .open(let kind, let path):
      "the \(kind.english) may be read by others. Run: chmod 600 \(path); where that cannot be done, as with a container's "
        + "secret, write \(kind == .tokenFile ? "token" : "secret")_command: [cat, \(path)] instead."
    case .holdsSecret(let path): "the file holds a secret but others may read it. Run: chmod 600 \(path)"
    case .notYAML(let detail): "the file is no YAML\(detail.map { ": \($0)" } ?? "")."
    case .repeatedKey(let key): "the key \(key) stands twice in the keys that begin here."
    case .unknownKey(let key, let allowed): "unknown key \(key); allowed are \(allowed.joined(separator: ", "))."
    case .noKeys(let what): "\(what) must hold keys with values."
    case .badKey: "a key must be a word."
    case .notString(let key): "\(key) must be a text."
    case .notNumber(let key, let range):
      "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)."
    case .notChoice(let key, let allowed): "\(key) must be \(allowed.joined(separator: " or "))."
    case .notWords(let key): "\(key) must be a list of words, such as [pass, show, weixin]; no shell reads it."
    case .notToken: "token must be classic, stable, cloud, or an access token, which is longer."
    case .noCredentials(let account):
      "account \(account) needs appid with secret, secret_file or secret_command, or token, token_file or token_command."
    case .several(let account, let keys):
      "account \(account) has \(keys.joined(separator: " and ")); leave one of them."
    case .needsSecret(let account, let token):
      "account \(account) needs appid with secret, secret_file or secret_command for token: \(token)."
    case .cloudWithSecret(let account, let key): "account \(account) has token: cloud, which takes no \(key)."
    case .variableAlone: "WXTOP_SECRET or WXTOP_SECRET_FILE must be given with it."
    case .repeatedAccount(let name): "there is an account \(name) already; rename one of the two."
    case .sameAccount(let name, let other):
      "account \(name) is the same as \(other), so only \(other) is watched. Take one of them out."
    case .notBool(let key): "\(key) must be true or false."
    case .notSwitch(let key): "\(key) must be on or off."
    case .notNumberOrOff(let key, let range):
      "\(key) must be off, or a whole number from \(range.lowerBound) to \(range.upperBound)."
    case .notTimeOrOff(let key): "\(key) must be off, or a time in Beijing such as \"10:00\", 08:00 or later."
    case .notSpan(let key): "\(key) must be off, or two times in Beijing such as 23:00-07:00."
    case .unknownAction(let name):
      "there is no action \(name) for a key; `wxtop keys` lists them."
    case .unknownKeyName(let key, let action):
      "\(action): \(key) is no key; write x, ^X, F5, PgUp, Space, Left and so on."
    case .keyConflict(let key, let one, let other): "the key \(key) cannot be both \(one) and \(other)."
    case .noWayOut: "quit or close needs a key, else nobody gets out."
    case .noDateInMark(let text):
      "\(text) is no date; write 2024-11-11 name, 2024-11-01..2024-11-11 name or 11-11 name."
    case .noNameInMark: "a mark needs a name behind its date."
    case .markEndsBeforeItBegins: "the mark ends before it begins."
    }
  }

  var chinese: String {
    switch self {
    case .missing: "没有这个文件。"
    case .noSuch(let kind): "\(kind.chinese)不存在。"
    case .unreadable(let kind, let cause): "\(kind.chinese)无法读取：\(cause)。"
    case .silent(let kind, let seconds): "\(kind.chinese)是管道或设备，\(seconds) 秒内没有内容。"
    case .tooLarge(let kind): "\(kind.chinese)超过 1 MiB。"
    case .notText(let kind): "\(kind.chinese)不是 UTF-8 文本。"
    case .utf16(let kind): "\(kind.chinese)是 UTF-16 文本，wxtop 不读取。请另存为 UTF-8。"
    case .ofOthers(let kind, let path):
      "\(kind.chinese) \(path) 既不属于当前用户也不属于 root，wxtop 不执行其内容。请以 root 运行：chown \(Self.user) \(path)"
    case .writableByOthers(let kind, let path):
      "\(kind.chinese) \(path) 可被他人修改，wxtop 不执行其内容。请运行：chmod go-w \(path)"
    case .credential(let key, let flaw): "\(key.map { "\($0) 的值" } ?? "其值")\(flaw.words(.zh))，wxtop 没有使用。请重新填写。"
    case .tooManyAliases: "别名（*名称）展开后过大，或被用作键。请直接写出其内容。"
    case .notListable(let key, let account, let allowed):
      "列表中的账号 \(account) 含有 \(key)，它只能写在配置文件里；没有采用或运行任何内容。列表可含 \(allowed.joined(separator: "、"))。"
    case .foreignAddress(let address, let account):
      "列表中的账号 \(account) 的 api_base \(address) 不在配置文件中；没有采用或发送任何内容。若地址无误，请在配置文件中写 api_base: \(address)。"
    case .noListedToken(let account): "列表中的账号 \(account) 没有 access_token；列表须直接给出每个账号的 access_token。"
    case .noVisibleName: "账号需要一个看得见的名称。"
    case .empty(let kind): "\(kind.chinese)是空的。"
    case .noCertificate: "文件中没有 PEM 证书。"
    case .open(let kind, let path):
      "\(kind.chinese)可被他人读取。请运行：chmod 600 \(path)；若做不到（如容器的密钥），请改用 "
        + "\(kind == .tokenFile ? "token" : "secret")_command: [cat, \(path)]。"
    case .holdsSecret(let path): "文件中有密钥，却可被他人读取。请运行：chmod 600 \(path)"
    case .notYAML(let detail): "文件不是 YAML\(detail.map { "：\($0)" } ?? "")。"
    case .repeatedKey(let key): "从这里开始的键中，\(key) 出现了两次。"
    case .unknownKey(let key, let allowed): "未知的键 \(key)，可用的有 \(allowed.joined(separator: "、"))。"
    case .noKeys(let what): "\(what) 必须是键和值。"
    case .badKey: "键必须是一个词。"
    case .notString(let key): "\(key) 必须是文本。"
    case .notNumber(let key, let range): "\(key) 必须是 \(range.lowerBound) 到 \(range.upperBound) 的整数。"
    case .notChoice(let key, let allowed): "\(key) 必须是 \(allowed.joined(separator: " 或 "))。"
    case .notWords(let key): "\(key) 必须是词的列表，如 [pass, show, weixin]，不经过 shell。"
    case .notToken: "token 必须是 classic、stable、cloud，或 access_token 本身（更长）。"
    case .noCredentials(let account):
      "账号 \(account) 需要 appid 加 secret、secret_file 或 secret_command，或者 token、token_file 或 token_command。"
    case .several(let account, let keys): "账号 \(account) 同时有 \(keys.joined(separator: "、"))，请只留一个。"
    case .needsSecret(let account, let token):
      "账号 \(account) 的 token: \(token) 需要 appid 加 secret、secret_file 或 secret_command。"
    case .cloudWithSecret(let account, let key): "账号 \(account) 是 token: cloud，不需要 \(key)。"
    case .variableAlone: "还需要 WXTOP_SECRET 或 WXTOP_SECRET_FILE。"
    case .repeatedAccount(let name): "已有名为 \(name) 的账号，请改掉其中一个的名字。"
    case .sameAccount(let name, let other): "账号 \(name) 与 \(other) 是同一个账号，只监视 \(other)。请删去其一。"
    case .notBool(let key): "\(key) 必须是 true 或 false。"
    case .notSwitch(let key): "\(key) 必须是 on 或 off。"
    case .notNumberOrOff(let key, let range): "\(key) 必须是 off，或 \(range.lowerBound) 到 \(range.upperBound) 的整数。"
    case .notTimeOrOff(let key): "\(key) 必须是 off，或北京时间，如 \"10:00\"，不早于 08:00。"
    case .notSpan(let key): "\(key) 必须是 off，或两个北京时间，如 23:00-07:00。"
    case .unknownAction(let name): "没有操作 \(name)，`wxtop keys` 会列出所有操作。"
    case .unknownKeyName(let key, let action): "\(action)：不认识按键 \(key)，可写 x、^X、F5、PgUp、Space、Left 等。"
    case .keyConflict(let key, let one, let other): "按键 \(key) 不能同时用于 \(one) 和 \(other)。"
    case .noWayOut: "quit 或 close 至少要有一个按键，否则无法退出。"
    case .noDateInMark(let text): "\(text) 不是日期，可写 2024-11-11 名称、2024-11-01..2024-11-11 名称、11-11 名称 或 11月11日 名称。"
    case .noNameInMark: "标记的日期后面需要名称。"
    case .markEndsBeforeItBegins: "标记的结束早于开始。"
    }
  }
}
