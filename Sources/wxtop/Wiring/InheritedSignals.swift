import CProcess
import Glibc
import UnixSignals

/// The signals that were ignored when wxtop was started: under `nohup`, or behind a `&` of a script. They stay so.
enum InheritedSignals {
  private static let ignored = Set([SIGINT, SIGTERM, SIGHUP, SIGQUIT].filter { cprocess_is_ignored($0) })

  /// Looks, before anything changes them.
  static func note() { _ = ignored }

  static func isIgnored(_ signal: UnixSignal) -> Bool { ignored.contains(signal.rawValue) }

  /// Those signals as events that were not ignored.
  static func sequence(_ signals: [UnixSignal]) async -> UnixSignalsSequence {
    await UnixSignalsSequence(trapping: signals.filter { !isIgnored($0) })
  }
}
