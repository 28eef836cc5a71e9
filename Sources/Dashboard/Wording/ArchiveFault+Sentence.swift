public import WeixinModel

extension ArchiveFault {
  /// A few words for the status line.
  public func headline(_ language: Language) -> String {
    switch (self, language) {
    case (.diskFull, .en): "not saving: disk full"
    case (.diskFull, .zh): "未保存：磁盘已满"
    case (.notWritable, .en): "not saving: archive not writable"
    case (.notWritable, .zh): "未保存：存档不可写"
    case (.notReadable, .en): "the archive cannot be read"
    case (.notReadable, .zh): "存档无法读取"
    case (.damaged, .en): "the archive is damaged"
    case (.damaged, .zh): "存档已损坏"
    case (.missing, .en): "there is no archive"
    case (.missing, .zh): "没有存档"
    case (.noFile, .en): "not saving: archive is no file"
    case (.noFile, .zh): "未保存：存档不是文件"
    case (.noLock, .en): "no lock beside the archive"
    case (.noLock, .zh): "存档无法加锁"
    case (.openToOthers, .en): "archive open to others: tokens not kept"
    case (.openToOthers, .zh): "存档对他人开放：令牌不保存"
    case (.movedAside, .en): "unreadable archive moved aside"
    case (.movedAside, .zh): "无法读取的存档已移开"
    case (.newerVersion, .en): "not saving: archive of a newer wxtop"
    case (.newerVersion, .zh): "未保存：存档来自更新的 wxtop"
    case (.busy, .en): "archive is busy"
    case (.busy, .zh): "存档正忙"
    case (.other, .en): "not saving: archive failed"
    case (.other, .zh): "未保存：存档出错"
    }
  }

  /// A sentence: what is wrong, what wxtop does, and who must do what. A command that `ends` by it does not go on.
  public func sentence(path: String, ends: Bool = false, _ language: Language) -> String {
    switch (self, language) {
    case (.diskFull, .en): "The disk with \(path) is full. " + Self.then("free some space", ends)
    case (.diskFull, .zh): "\(path) 所在磁盘已满，" + Self.then(chinese: "请清理空间", ends)
    case (.notWritable, .en): "\(path) may not be written. " + Self.then("check its owner and permissions", ends)
    case (.notWritable, .zh): "\(path) 不可写，" + Self.then(chinese: "请检查属主和权限", ends)
    case (.noFile, .en): "\(path) is no file. " + Self.then("name a file with --archive", ends)
    case (.noFile, .zh): "\(path) 不是文件，" + Self.then(chinese: "请用 --archive 指定一个文件", ends)
    case (.missing, .en): "\(path) cannot be read: there is no such file, or it is empty. Check the path."
    case (.missing, .zh): "\(path) 无法读取：文件不存在或为空。请检查路径。"
    case (.busy, .en):
      "\(path) is held by another program. " + (ends ? "Try again later." : "wxtop tries again with the next save.")
    case (.busy, .zh): "\(path) 被其他程序占用，" + (ends ? "请稍后再试。" : "wxtop 将在下次保存时重试。")
    case (.notReadable, .en):
      "\(path) cannot be read here. The user that wxtop runs as must be able to read it and, where a -wal stands beside it, to write the folder."
    case (.notReadable, .zh): "\(path) 在此无法读取：运行 wxtop 的用户须可读该文件；旁边有 -wal 时，还须可写其文件夹。"
    case (.damaged, .en):
      "\(path) is damaged or no archive, and was left as it is. Restore it from a copy, or move it away and let wxtop begin a new one."
    case (.damaged, .zh): "\(path) 已损坏或不是存档，未作改动。请用备份恢复，或将其移走，由 wxtop 新建存档。"
    case (.noLock, .en):
      "\(path)-lock cannot be used, so another user's wxtop may poll the same accounts at the same time. Remove it, or give it to the user that wxtop runs as."
    case (.noLock, .zh): "\(path)-lock 无法使用，其他用户的 wxtop 可能同时轮询相同的账号。请删除它，或将其属主改为运行 wxtop 的用户。"
    case (.openToOthers, .en):
      "\(path), or its -wal, -shm or -lock, may be read by others or belongs to another user. wxtop keeps tokens in memory only; give all four to the user that wxtop runs as, with mode 600."
    case (.openToOthers, .zh):
      "\(path) 或其 -wal、-shm、-lock 可被他人读取，或属于其他用户。wxtop 仅在内存中保存令牌；请将四者的属主改为运行 wxtop 的用户，权限设为 600。"
    case (.movedAside(let new), .en): "\(path) was no readable archive. wxtop moved it to \(new) and began a new one."
    case (.movedAside(let new), .zh): "\(path) 不是可读的存档，wxtop 已将其移到 \(new) 并新建存档。"
    case (.newerVersion, .en):
      "\(path) was written by a newer wxtop and was left untouched. Update wxtop, or choose another --archive."
    case (.newerVersion, .zh): "\(path) 由更新的 wxtop 写成，未作改动。请更新 wxtop，或用 --archive 另选文件。"
    case (.other(let text), .en): "\(path) cannot be used: \(text)." + (ends ? "" : " wxtop goes on without saving.")
    case (.other(let text), .zh): "\(path) 无法使用：\(text)" + (ends ? "。" : "，wxtop 继续运行但不保存。")
    }
  }
}

extension ArchiveFault {
  /// What wxtop does where nothing can be saved, and who must do what.
  private static func then(_ remedy: String, _ ends: Bool) -> String {
    ends ? remedy.prefix(1).uppercased() + remedy.dropFirst() + "." : "wxtop goes on without saving; \(remedy)."
  }

  private static func then(chinese remedy: String, _ ends: Bool) -> String {
    (ends ? "" : "wxtop 继续运行但不保存，") + remedy + "。"
  }

  /// What is said of an archive that was moved or replaced while it was used.
  public static func replacedSentence(path: String, _ language: Language) -> String {
    language == .zh
      ? "\(path) 已被移走或替换，wxtop 改用该路径上现有的存档。"
      : "\(path) was moved or replaced. wxtop goes on with what stands there now."
  }

  /// What is said of an archive that can be used again.
  public static func restoredSentence(path: String, _ language: Language) -> String {
    language == .zh ? "\(path) 恢复可用，wxtop 重新开始保存。" : "\(path) can be used again, and wxtop saves to it."
  }
}
