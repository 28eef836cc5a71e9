import TerminalScreen

extension State.Notice {
  /// What became of a copy.
  static func copied(_ outcome: CopyOutcome, _ what: Phrase) -> State.Notice {
    let (en, zh) = (what.text(.en), what.text(.zh))
    return switch outcome {
    case .sent: .init(.said(en: "\(en): sent to the terminal's clipboard", zh: "\(zh)：已送到终端剪贴板"))
    case .tmux: .init(.said(en: "\(en): in tmux's buffer and the clipboard", zh: "\(zh)：已放入 tmux 缓冲区与剪贴板"))
    case .tooLong:
      .init(
        .said(en: "\(en): too long for a clipboard. x saves it to a file", zh: "\(zh)：超出剪贴板长度，按 x 存为文件"),
        isWarning: true)
    case .unsupported:
      .init(
        .said(en: "This terminal has no clipboard. x saves to a file", zh: "此终端没有剪贴板，按 x 存为文件"), isWarning: true)
    }
  }

  /// What became of an export.
  static func exported(_ path: String?, _ bytes: Int, _ reason: Phrase?, _ numerals: Numerals) -> State.Notice {
    guard let path else {
      return failed(reason, en: "Not saved", zh: "未能保存")
    }
    let size = numerals.exact(bytes)
    return .init(.said(en: "Saved \(path) (\(size) bytes)", zh: "已保存 \(path)（\(size) 字节）"))
  }

  private static func failed(_ reason: Phrase?, en: String, zh: String) -> State.Notice {
    .init(.said(en: "\(en): \(reason?.text(.en) ?? "")", zh: "\(zh)：\(reason?.text(.zh) ?? "")"), isWarning: true)
  }

  /// What became of settings that were to be kept.
  static func settingsKept(_ path: String?, _ reason: Phrase?) -> State.Notice {
    guard let path else {
      return failed(reason, en: "Settings not saved", zh: "设置未保存")
    }
    return .init(.said(en: "Settings saved in \(path)", zh: "设置已保存到 \(path)"))
  }
}
