public import WeixinModel

extension ArchiveFault {
  /// A few words for the status line.
  public func headline(_ language: Language) -> String {
    switch (self, language) {
    case (.diskFull, .en): "not saving: disk full"
    case (.diskFull, .zh): "未保存：磁盘已满"
    case (.notWritable, .en): "not saving: archive not writable"
    case (.notWritable, .zh): "未保存：存档不可写"
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

  /// A sentence: what is wrong, what wxtop does, and who must do what.
  public func sentence(path: String, _ language: Language) -> String {
    switch (self, language) {
    case (.diskFull, .en): "The disk with \(path) is full. wxtop goes on without saving; free some space."
    case (.diskFull, .zh): "\(path) 所在磁盘已满，wxtop 继续运行但不保存，请清理空间。"
    case (.notWritable, .en):
      "\(path) may not be written. wxtop goes on without saving; check its owner and permissions."
    case (.notWritable, .zh): "\(path) 不可写，wxtop 继续运行但不保存，请检查属主和权限。"
    case (.movedAside(let new), .en): "\(path) was no readable archive. wxtop moved it to \(new) and began a new one."
    case (.movedAside(let new), .zh): "\(path) 不是可读的存档，wxtop 已将其移到 \(new) 并新建存档。"
    case (.newerVersion, .en):
      "\(path) was written by a newer wxtop and was left untouched. Update wxtop, or choose another --archive."
    case (.newerVersion, .zh): "\(path) 由更新的 wxtop 写成，未作改动。请更新 wxtop，或用 --archive 另选文件。"
    case (.busy, .en): "\(path) is held by another program. wxtop tries again with the next save."
    case (.busy, .zh): "\(path) 被其他程序占用，wxtop 将在下次保存时重试。"
    case (.other(let text), .en): "\(path) cannot be used: \(text). wxtop goes on without saving."
    case (.other(let text), .zh): "\(path) 无法使用：\(text)。wxtop 继续运行但不保存。"
    }
  }
}
