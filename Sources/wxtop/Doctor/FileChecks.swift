import Dashboard
import Glibc
import MessageArchive
import WeixinModel

/// The archive and the log: whether there is a place for them, and room.
struct FileChecks {
  let language: Language

  /// Less free space than this, in MiB, is worth a word: a year of an account takes about three.
  static let scarce = 100

  func findings(archive: String?, log: String?) -> [Finding] {
    [archiveFinding(archive), logFinding(log)]
  }

  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }

  private func archiveFinding(_ path: String?) -> Finding {
    guard let path else {
      return Check.archive.warning(
        say("in memory only: a bare token does not say whose history it is", "仅在内存：单独的令牌不说明属于哪个账号"),
        say("You: give WXTOP_APPID or --archive if it is to be kept.", "若要保存，请给出 WXTOP_APPID 或 --archive。"))
    }
    do throws(ArchiveFault) {
      switch try MessageArchive.condition(at: path) {
      case .absent: return room(path, say("\(path.cleaned()), not made yet", "\(path.cleaned())，尚未建立"))
      case .current:
        // Opening reads few pages; what the commands read may be damaged all the same.
        try MessageArchive.examine(at: path)
        return surroundings(path) ?? room(path, path.cleaned())
      case .older:
        return surroundings(path)
          ?? room(
            path,
            say("\(path.cleaned()), of an older wxtop; it will be brought up to date", "\(path.cleaned())，旧版本，将自动升级"))
      case .unreadable:
        return Check.archive.fail(
          say("\(path.cleaned()) is no archive that can be read", "\(path.cleaned()) 不是可读的存档"),
          say(
            "You: restore it from a copy, or let wxtop move it aside and begin a new one.",
            "请从备份恢复，或由 wxtop 将其移开并新建。"), status: 65)
      }
    } catch {
      return Check.archive.fail(
        error.sentence(path: path.cleaned(), ends: true, language), "",
        status: CommandFailure.archive(error, path: path).exitStatus)
    }
  }

  /// What is wrong around an archive that can be read.
  private func surroundings(_ path: String) -> Finding? {
    guard let fault = MessageArchive.faults(at: path).first else { return nil }
    let sentence = fault.sentence(path: path.cleaned(), ends: true, language)
    guard fault == .notWritable else { return Check.archive.warning(sentence) }
    return Check.archive.fail(sentence, "", status: CommandFailure.archive(fault, path: path).exitStatus)
  }

  /// Whether the file, or the nearest folder that is there, can be written, and how much fits in.
  private func room(_ path: String, _ detail: String) -> Finding {
    let target = Self.nearestExisting(path)
    guard access(target, W_OK) == 0 else {
      return Check.archive.fail(
        say("\(target.cleaned()) may not be written", "\(target.cleaned()) 不可写"),
        say(
          "Whoever runs this server: give the user that wxtop runs as the right to write it, or choose another --archive.",
          "请服务器管理员授予写权限，或用 --archive 另选位置。"), status: 73)
    }
    var facts = statvfs()
    guard statvfs(target, &facts) == 0 else { return Check.archive.ok(detail) }
    let free = Int(facts.f_bavail) / 1_024 * Int(facts.f_frsize) / 1_024
    let text = detail + say(", \(Numerals(language).exact(free)) MiB free", "，剩余 \(Numerals(language).exact(free)) MiB")
    return free < Self.scarce
      ? Check.archive.warning(
        text, say("Whoever runs this server: free some space on that disk.", "请服务器管理员清理该磁盘。"))
      : Check.archive.ok(text)
  }

  private func logFinding(_ path: String?) -> Finding {
    guard let path else {
      return Check.log.warning(
        say("none: there is no HOME", "没有：环境中没有 HOME"),
        say("You: set HOME or XDG_STATE_HOME.", "请设置 HOME 或 XDG_STATE_HOME。"))
    }
    let target = Self.nearestExisting(path)
    return access(target, W_OK) == 0
      ? Check.log.ok(path.cleaned())
      : Check.log.warning(
        say("\(target.cleaned()) may not be written", "\(target.cleaned()) 不可写"),
        say("You: set XDG_STATE_HOME to a folder of your own.", "请将 XDG_STATE_HOME 设为可写的文件夹。"))
  }

  /// The path itself, or the nearest folder above it that is there.
  private static func nearestExisting(_ path: String) -> String {
    var path = path
    while access(path, F_OK) != 0 {
      guard let slash = path.lastIndex(of: "/") else { return "." }
      if slash == path.startIndex { return "/" }
      path = String(path[..<slash])
    }
    return path
  }
}
