import Dashboard
import Testing
import WeixinModel

@Suite("Errors in words")
struct ExplanationTests {
  private static let rid = "5fa26c60-1a0ebdd5-32fd1cd0"

  private func fault(_ code: Int, _ endpoint: WeixinFault.Endpoint, address: String? = nil) -> APIError {
    .weixin(
      WeixinFault(endpoint: endpoint, code: code, message: "text rid: \(Self.rid)", rid: Self.rid, address: address))
  }

  @Test(arguments: WeixinFault.knownCodes.map(\.code))
  func `every code has its sentences in both languages`(code: Int) {
    for endpoint in WeixinFault.Endpoint.allCases {
      let error = fault(code, endpoint)
      for language in Language.allCases {
        let words = Explanation(error, language)
        #expect(words.headline.hasPrefix("\(code)\(language == .zh ? "：" : ": ")"))
        #expect(words.what.contains("\(code)") && words.what.contains(Self.rid))
        #expect(!words.headline.contains("text") && !words.what.contains("text rid"), "known in its own words")
        // Whoever has to act is told so.
        switch error.retryRule {
        case .never, .hourly, .pause, .nextDay, .freshToken: #expect(!words.remedy.isEmpty)
        case .backOff, .whenCounted: #expect(words.remedy.isEmpty)
        }
        let isChinese = words.what.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        #expect(isChinese == (language == .zh))
        #expect(!error.retryRule.words(language).isEmpty)
      }
    }
  }

  @Test(arguments: [40_164, 61_004])
  func `the address to whitelist stands in what failed and in what to do`(code: Int) {
    for language in Language.allCases {
      let words = Explanation(fault(code, .token, address: "203.0.113.7"), language)
      #expect(words.headline.contains("203.0.113.7") && words.what.contains("203.0.113.7"))
      #expect(words.remedy.contains("203.0.113.7"))
    }
  }

  @Test func `a code that nobody knows is shown with Weixin's text, and passes`() {
    let words = Explanation(fault(99_998, .hourly), .en)
    #expect(words.headline.hasPrefix("99998: text"))
    #expect(words.what.ranges(of: Self.rid).count == 1)
    #expect(fault(99_998, .hourly).retryRule == .backOff(first: 1))
  }

  @Test(arguments: Language.allCases)
  func `the table has every code, and nobody's row is empty`(language: Language) {
    let rows = ErrorTable(language).rows
    #expect(Set(rows.flatMap(\.codes)) == Set(WeixinFault.knownCodes.map(\.code)))
    for row in rows { #expect(!row.meaning.isEmpty && !row.reaction.isEmpty && !row.meaning.hasPrefix(" ")) }
    #expect(Set(rows.map { "\($0.codes)\($0.meaning)" }).count == rows.count)
  }

  @Test func `what was left out is counted by its reason`() {
    var rows = RowsLeftOut()
    #expect(rows.sentence(.en).isEmpty && rows.sentence(.zh).isEmpty)
    rows.duplicates = 1
    #expect(rows.sentence(.en) == "1 row of Weixin's answer was left out: 1 given twice.")
    rows.otherDates = 2
    #expect(rows.sentence(.en) == "3 rows of Weixin's answer were left out: 2 of other dates, 1 given twice.")
    #expect(rows.sentence(.zh) == "微信的回答中有 3 行被舍弃：日期不符 2 行，重复 1 行。")
  }
}
