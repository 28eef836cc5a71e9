import Dashboard
import Monitor
import WeixinModel

/// A backfill in words.
enum BackfillReport {
  /// While it goes on: days left, calls, rate, time left.
  static func line(_ progress: BackfillProgress, _ language: Language) -> String {
    let numerals = Numerals(language)
    let left = numerals.exact(progress.left)
    let calls = numerals.exact(progress.calls)
    let rate = String(Int(progress.perSecond * 10 + 0.5) / 10) + "." + String(Int(progress.perSecond * 10 + 0.5) % 10)
    let time = progress.secondsLeft.map { numerals.duration(seconds: $0) } ?? "–"
    return switch language {
    case .en: "\(left) days left  \(calls) calls  \(rate) days/s  \(time) to go"
    case .zh: "剩余 \(left) 天  调用 \(calls) 次  每秒 \(rate) 天  还需 \(time)"
    }
  }

  /// At the end.
  static func summary(_ progress: BackfillProgress, _ language: Language) -> String {
    let numerals = Numerals(language)
    let (fetched, calls) = (numerals.exact(progress.fetched), numerals.exact(progress.calls))
    let left = numerals.exact(progress.left)
    let seconds = numerals.duration(seconds: Int(progress.elapsed / .seconds(1) + 0.5))
    if progress.total == 0 {
      return language == .zh ? "存档已是完整的，没有调用接口。" : "The archive lacks nothing; no call was made."
    }
    return switch language {
    case .en: "\(fetched) days fetched with \(calls) calls in \(seconds); \(left) left."
    case .zh: "用 \(calls) 次调用获取了 \(fetched) 天，历时 \(seconds)；剩余 \(left) 天。"
    }
  }

  /// Which days could not be had, and why the first of them.
  static func missed(_ progress: BackfillProgress, _ error: APIError, _ language: Language) -> String {
    let days = progress.missed.sorted()
    let shown = days.prefix(5).map(\.description).joined(separator: ", ") + (days.count > 5 ? " …" : "")
    let why = Explanation(error, language).paragraph(did: "")
    return language == .zh
      ? "\(days.count) 天未能获取（\(shown)）：\(why)" : "\(days.count) days could not be had (\(shown)): \(why)"
  }
}
