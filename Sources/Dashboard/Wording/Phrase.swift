/// Everything that the screen says, but for numbers and dates. A language that lacks a phrase does not compile.
public enum Phrase: Hashable, Sendable {
  case messages, users, peak, quiet, versus, none
  case text, image, voice, video, link, other
  case massSend, speed, unseenSpeed, nominal
  case final, provisional, unpublished, neverFetched, failed, notOver, beforeRecords, fetching, pending
  case fetchedAt(String), recheckedAt(String), speedAge(String), nextPoll(String), calls(Int), archived(String)
  case stale(String), paused, polling, retryAt(String), retryByHand, demo, hidden(String), revised(Int), leftOut(Int)
  case level(Int), noTraffic, allTypesHidden, notSaving, offline
  case dayOpens(String), dayUnpublished, dayNext(String), dayNeverFetched, dayFetching, dayNoMessages
  case unknownKey(String), firstDay, newestDay(String), lastHour, goTo, goToForms
  case noSuchDate(String), dateNotUnderstood(String), clampedToFirst, clampedToNewest(String)
  case tooSmall(Int, Int), helpTitle, helpClose, statesLegend
  case pausedNow, resumedNow, refreshing, onlyType(String), allTypes, showing(String), hiding(String)
  case hintDay, hintWeek, hintHour, hintTypes, hintMetric, hintGo, hintHelp, hintQuit, hintPeak, hintRefresh

  /// The phrase in a language.
  public func text(_ language: Language) -> String {
    switch language {
    case .en: english
    case .zh: chinese
    }
  }
}

extension Series {
  /// The layer's name.
  public func name(_ language: Language) -> String {
    let phrase: Phrase =
      switch self {
      case .text: .text
      case .image: .image
      case .voice: .voice
      case .video: .video
      case .link: .link
      case .other: .other
      }
    return phrase.text(language)
  }
}
