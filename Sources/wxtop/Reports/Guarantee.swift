import Dashboard

/// What wxtop promises, and the tests that would fail if it were not so.
struct Guarantee {
  let promise: Phrase
  /// The names of tests as they stand in `Tests/`.
  let tests: [String]

  private init(_ en: String, _ zh: String, _ tests: String...) {
    promise = .said(en: en, zh: zh)
    self.tests = tests
  }

  static let all = [
    Guarantee(
      "Only the calls listed above can be made.", "只能调用上面列出的接口。", "only these five paths can be called",
      "audit lists each call to each address, and what is never called"),
    Guarantee(
      "It only reads: no call changes anything of the account.", "只读：没有任何调用会改动账号。",
      "only these five paths can be called"),
    Guarantee(
      "No token is forced anew, so no other program loses its own.", "从不强制刷新 token，不会使其他程序的 token 失效。",
      "a token call asks for no forced refresh"),
    Guarantee(
      "All processes on an archive share one token.", "同一存档上的所有进程共用一个 token。",
      "ten wxtops at once make one token call, and count together"),
    Guarantee(
      "A token is sent over HTTPS or to this machine only.", "token 只经 HTTPS 或发往本机。",
      "an address to which no token may go is refused", "over plain HTTP to Weixin goes nothing that is secret"),
    Guarantee("No call is made below TLS 1.2.", "低于 TLS 1.2 不发起调用。", "TLS below 1.2 is refused"),
    Guarantee(
      "Secrets and tokens appear in no output, archive text or log.", "密钥与 token 不出现在输出、存档文字或日志中。",
      "not in reports, sentences, archive or log", "not in the arguments that everybody can see"),
    Guarantee(
      "By itself it spends at most half of what is left of the day's quota.", "自行调用最多使用当日剩余额度的一半。",
      "never more than wxtop's half of what is left", "of a narrow quota half of what is left is never touched"),
    Guarantee(
      "Archive, log and their folders are closed to other users (0600, 0700).", "存档、日志及其文件夹不对其他用户开放（0600、0700）。",
      "file, log and folder are closed to others", "the log is closed to others"),
    Guarantee(
      "A file with a secret that others may read is refused.", "拒绝使用他人可读的密钥文件。",
      "a secret that others may read is refused"),
    Guarantee(
      "No text from outside drives the terminal or makes a line of the log.", "外来文字不会控制终端，也不会在日志中另起一行。",
      "control characters and the parts of escapes never reach a cell",
      "text from outside makes no second line, no second field and no control character"),
    Guarantee(
      "A killed process loses no day and doubles none.", "进程被强行终止也不丢失、不重复任何一天。",
      "fifty killed backfills lose no day and double none"),
    Guarantee(
      "The demo leaves nothing behind.", "演示不留下任何东西。", "the demo needs no home and leaves nothing behind",
      "the demo writes no log"),
  ]
}
