/// Everything that the screen says, but for numbers and dates. A language that lacks a phrase does not compile.
public enum Phrase: Error, Hashable, Sendable {
  case messages, users, peak, quiet, versus, none
  case text, image, voice, video, link, other
  case massSend, speed, nominal
  case final, provisional, unpublished, neverFetched, failed, notOver, beforeRecords, fetching
  case fetchedAt(String)
  case speedAge(String)
  case nextPoll(String)
  case calls(Int)
  case quota(String)
  case stretched(String)
  case backfill, backfillBegun, backfillStopped, backfillBusy, backfillOverBudget
  case backfillLeft(String, rate: String, time: String)
  case backfillDone(String)
  case pasteIgnored
  case clockAhead(String)
  case clockBehind(String)
  case archived(String)
  case stale(String)
  case paused, polling
  case retryAt(String)
  case retryByHand, tryingNow
  case hidden(String)
  case revised(Int)
  case leftOut(Int)
  case level(Int)
  case noTraffic, allTypesHidden, offline
  case dayOpens(String)
  case dayUnpublished, dayNoMessagesYet
  case dayRecheck(String)
  case dayNext(String)
  case dayNeverFetched, dayFetching, dayNoMessages
  case unknownKey(String)
  case unknownLetter(String)
  case firstDay
  case newestDay(String)
  case lastHour, goTo, goToForms
  case noSuchDate(String)
  case dateNotUnderstood(String)
  case clampedToFirst
  case clampedToNewest(String)
  case tooSmall(Int, Int)
  case helpTitle, helpClose, statesLegend
  case unknownTerm(String, String)
  case replacedLocale(String, String)
  case unusableCharset(String, charset: String, used: String)
  case asciiOnly(String)
  case pausedNow, resumedNow, refreshing
  case onlyType(String)
  case allTypes
  case showing(String)
  case hiding(String)
  /// A phrase that stands where it is used, in every language.
  case said(en: String, zh: String)
  case hintDay, hintWeek, hintHour, hintTypes, hintMetric, hintGo, hintHelp, hintQuit

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
