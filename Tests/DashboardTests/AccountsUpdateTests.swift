import Dashboard
import TerminalScreen
import Testing
import WeixinModel

/// Choosing, sorting, finding, opening: what keys do among the accounts.
@Suite struct AccountsUpdateTests {
  private func names(_ state: State) -> [String] {
    state.rows.dropFirst(4).prefix(5).map { String($0.dropFirst(3).prefix { $0 != " " }) }
  }

  private func type(_ text: String, _ state: inout State) {
    for scalar in text.unicodeScalars { _ = state.press(.character(scalar)) }
  }

  private func run(_ line: String, _ state: inout State) -> [Effect] {
    _ = state.press(":")
    type(line, &state)
    return state.press(.enter)
  }

  @Test func `the list opens with A and closes with Esc`() {
    var state = Samples.fleetState()
    state.hasLookedAtFleet = false
    state.view = .speed
    #expect(state.press("A") == [.watchFleet])
    #expect(state.view == .accounts)
    #expect(state.press(.escape).isEmpty && state.view == .speed)
    #expect(state.press("A").isEmpty, "asked for once")
    #expect(state.press("q") == [.quit])
  }

  @Test func `the Tab key visits the list only with several accounts`() {
    var state = Samples.fleetState()
    state.view = .speed
    _ = state.press(.tab)
    #expect(state.view == .accounts)
    state.fleet = []
    state.view = .speed
    _ = state.press(.tab)
    #expect(state.view == .day)
  }

  @Test func `all accounts are watched at the start only on their list`() {
    var state = Samples.fleetState()
    state.hasLookedAtFleet = false
    #expect(firstEffects(&state).last == .watchFleet)
    state.hasLookedAtFleet = false
    state.view = .day
    #expect(!firstEffects(&state).contains(.watchFleet))
  }

  @Test func `arrows choose an account, and the choice survives sorting`() {
    var state = Samples.fleetState()
    state.sort(by: .messages, isInverted: false)
    _ = state.press(.down, "j", "k")
    #expect(state.selectedAccount == "acme-shop")
    #expect(state.rows[5].hasPrefix("▸"))
    _ = state.press("s", "s", "s")
    #expect(state.accountOrder.column == .account)
    #expect(names(state) == ["acme-cn", "acme-hr", "acme-lab", "acme-old", "acme-shop"])
    #expect(state.rows[8].hasPrefix("▸"))
    _ = state.press(.home)
    #expect(state.selectedAccount == "acme-cn")
    _ = state.press(.end, .down)
    #expect(state.selectedAccount == "acme-shop")
  }

  @Test func `a broken account stands above all others unless another order is asked for`() {
    #expect(names(Samples.fleetState()) == ["acme-lab", "acme-hr", "acme-cn", "acme-shop", "acme-old"])
  }

  @Test func `every column sorts, with unknown values last`() {
    var state = Samples.fleetState()
    state.sort(by: .messages, isInverted: false)
    #expect(names(state) == ["acme-cn", "acme-shop", "acme-hr", "acme-old", "acme-lab"])
    _ = state.press("I")
    #expect(names(state) == ["acme-old", "acme-hr", "acme-shop", "acme-cn", "acme-lab"])
    _ = state.press("s")
    #expect(names(state).prefix(3) == ["acme-cn", "acme-hr", "acme-shop"])
    _ = state.press("s")
    #expect(names(state) == ["acme-lab", "acme-hr", "acme-cn", "acme-shop", "acme-old"])
    _ = state.press("s", "s")
    #expect(names(state) == ["acme-hr", "acme-cn", "acme-lab", "acme-shop", "acme-old"])
    _ = state.press("s")
    #expect(names(state) == ["acme-cn", "acme-shop", "acme-hr", "acme-lab", "acme-old"])
    #expect(state.rows[0].hasSuffix("sort: configuration ▴"))
  }

  @Test(arguments: [
    ("error", ["acme-lab"]), ("40164", ["acme-lab"]), ("prov", []), ("provisional", ["acme-hr"]),
    (">1000", ["acme-cn", "acme-shop"]), ("l4", ["acme-hr"]), ("商城", ["acme-shop"]), ("ACME-H", ["acme-hr"]),
    ("late", ["acme-lab"]), ("paused", ["acme-old"]), ("final <1k", ["acme-old"]), ("missing", ["acme-lab"]),
  ])
  func `the filter finds accounts while it is typed and after`(text: String, found: [String]) {
    var state = Samples.fleetState()
    _ = state.press("/")
    type(text, &state)
    let listed = names(state).filter { $0.hasPrefix("acme") }
    #expect(listed == found, "while it is typed")
    _ = state.press(.enter)
    #expect(names(state).filter { $0.hasPrefix("acme") } == found)
    #expect(state.rows[1].contains("/\(text): \(found.count)"))
    #expect(state.filter == nil, "days are looked for by a filter of their own")
    if found.isEmpty { #expect(state.text.contains("No account matches \(text)")) }
    #expect(state.press("q").isEmpty && state.accountFilter == nil)
    #expect(state.view == .accounts)
  }

  @Test func `a filter left with Esc changes nothing`() {
    var state = Samples.fleetState()
    _ = state.press("/", "x", .escape)
    #expect(state.accountFilter == nil && names(state).count == 5)
  }

  @Test func `the next account in trouble is found, if there is one`() {
    var state = Samples.fleetState()
    _ = state.press("n")
    #expect(state.selectedAccount == Samples.lab)
    state.fleet = [Samples.fleet[0], Samples.fleet[1]]
    _ = state.press("n")
    #expect(state.notice?.phrase.text(.en) == "No account has an error or an unusual day")
  }

  @Test func `opening an account shows nothing of the previous one`() {
    var state = Samples.fleetState()
    state.hasChosenHour = true
    state.axisMaximum = 77
    _ = state.press("j")
    let effects = update(&state, .key(.enter), at: state.now)
    #expect(effects == [.openAccount("acme-shop"), .show(Samples.day, and: state.wantedDays)])
    #expect(state.view == .day && state.awaitedAccount == "acme-shop")
    #expect(state.rows[0].contains("商城") && !state.rows[0].contains("艾克美"))
    #expect(!state.hasChosenHour && state.axisMaximum != 77)
    #expect(state.text.contains("9,310") && !state.text.contains("17,844"))
  }

  @Test func `Esc returns to the list, then to where the list was opened`() {
    var state = Samples.fleetState()
    state.sort(by: .messages, isInverted: false)
    state.view = .month
    _ = state.press("A", "j", .enter, "W", .escape)
    #expect(state.view == .day)
    _ = state.press(.escape)
    #expect(state.view == .accounts && state.rows[5].hasPrefix("▸  acme-shop"))
    _ = state.press(.escape)
    #expect(state.view == .month)
    _ = state.press(.escape, .escape)
    #expect(state.view == .day, "and not to and fro")
  }

  @Test func `a late status of the previous account is ignored`() {
    var state = Samples.fleetState()
    let before = state.status
    _ = state.press("a")
    #expect(state.status.account.name == "acme-shop" && state.view == .accounts)
    _ = update(&state, .status(before), at: state.now)
    #expect(state.status.account.name == "acme-shop")
    var lean = Samples.fleet
    lean[1].callsToday = 99
    _ = update(&state, .fleet(lean), at: state.now)
    #expect(state.status.callsToday == 99, "the fleet's is the newest there is")
    var whole = Samples.fleet[1]
    whole.archivedDays = 500
    _ = update(&state, .status(whole), at: state.now)
    #expect(state.awaitedAccount == nil && state.status.archivedDays == 500)
    lean[1].callsToday = 100
    _ = update(&state, .fleet(lean), at: state.now)
    #expect(state.status.callsToday == 12, "its own status is newer")
  }

  @Test func `a status of another account resets hour and comparison`() {
    var state = Samples.fleetState()
    state.view = .day
    _ = state.press(".", "C")
    let effects = update(&state, .status(Samples.fleet[1]), at: state.now)
    #expect(effects == [.show(Samples.day, and: state.wantedDays)])
    #expect(!state.hasChosenHour && state.compare == .off && state.view == .day)
  }

  @Test func `stepping to the next account keeps view and day`() {
    var state = Samples.fleetState()
    state.view = .week
    _ = state.press(.left)
    let day = state.day
    for name in ["acme-shop", "acme-hr", Samples.lab, "acme-old", "acme-cn"] {
      #expect(state.press("a") == [.openAccount(name), .show(day, and: [])])
      #expect(state.view == .week && state.day == day && state.status.account.name == name)
    }
  }

  @Test func `with a single account there is no next one`() {
    var state = Samples.state()
    #expect(state.press("a") == [.watchFleet])
    #expect(
      state.notice
        == .init(
          .said(
            en: "There is no other account in the configuration", zh: "配置中没有其他公众号")))
    #expect(state.status.account.name == "acme")
  }

  @Test(arguments: [
    ("a acme-hr", "acme-hr"), ("account 商", "acme-shop"), ("a ACME-L", "acme-lab"), ("a 艾克美", "acme-cn"),
  ])
  func `an account opens by its name or title, even in part`(line: String, name: String) {
    var state = Samples.fleetState()
    state.view = .day
    let effects = run(line, &state)
    #expect(state.status.account.name == name)
    #expect(effects.contains(.openAccount(name)) == (name != "acme-cn"))
    #expect(state.view == .day)
  }

  @Test func `an unknown or ambiguous account name is explained`() {
    var state = Samples.fleetState()
    _ = run("a nobody", &state)
    #expect(state.rows.last?.contains("There is no account nobody. There are acme-cn, acme-shop") == true)
    _ = state.press(.escape)
    _ = run("a acme", &state)
    #expect(state.rows.last?.contains("acme may be acme-cn, acme-shop") == true)
    #expect(state.status.account.name == "acme-cn")
  }

  @Test func `account names are completed, from their titles too`() {
    var state = Samples.fleetState()
    _ = state.press(":")
    type("a acme-s", &state)
    _ = state.press(.tab)
    #expect(state.prompt?.text == "a acme-shop")
    _ = state.press(.control("u"))
    type("a 艾", &state)
    _ = state.press(.tab)
    #expect(state.prompt?.text == "a acme-cn")
    _ = state.press(.control("u"))
    type("a ", &state)
    _ = state.press(.tab, .tab)
    #expect(state.prompt?.text == "a acme-shop")
  }

  @Test func `the chosen account can be retried, but not offline`() {
    var state = Samples.fleetState()
    _ = state.press("n")
    #expect(state.press("r") == [.retryAccount(Samples.lab)])
    #expect(state.rows.last?.contains("Asking Weixin again for acme-lab") == true)
    state.isOffline = true
    #expect(state.press("r").isEmpty)
    #expect(state.notice?.isWarning == true)
  }

  @Test func `copying takes the address to whitelist, else a summary`() {
    var state = Samples.fleetState()
    state.sort(by: .messages, isInverted: false)
    _ = state.press("n")
    guard case .copy("203.0.113.7", _)? = state.press("y").first else {
      Issue.record("no address was copied")
      return
    }
    _ = state.press(.home)
    guard case .copy(let text, _)? = state.press("y").first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(
      text == "艾克美 (acme-cn), Thu 2026-08-20: 17,844 messages, 12% more than usual; final; mass-send speed L3 300k/min."
    )
  }

  @Test func `keys for a single account do nothing and say so`() {
    var state = Samples.fleetState()
    for key in ["1", "m", "R", "B", "%", "C"] as [Key] {
      #expect(state.press(key).isEmpty)
      #expect(state.notice?.phrase.text(.en).hasPrefix("That is for one account") == true, "\(key)")
    }
    for key in [.left, "g", "c", "t"] as [Key] {
      #expect(state.press(key).isEmpty && state.layer == .none)
      #expect(state.notice?.phrase.text(.en).hasPrefix("The accounts are listed") == true, "\(key)")
    }
    #expect(state.metric == .messages && state.hidden.isEmpty && state.day == Samples.day)
  }

  @Test func `the mouse chooses, sorts and opens`() {
    var state = Samples.fleetState()
    state.sort(by: .messages, isInverted: false)
    state.look.hasMouse = true
    _ = update(&state, .mouse(Mouse(.press, row: 6, column: 20)), at: state.now)
    #expect(state.selectedAccount == "acme-hr")
    _ = update(&state, .mouse(Mouse(.wheelUp, row: 6, column: 20)), at: state.now)
    #expect(state.selectedAccount == "acme-shop")
    let column = state.rows[2].distance(
      from: state.rows[2].startIndex, to: state.rows[2].firstIndex(of: "s") ?? state.rows[2].startIndex)
    _ = update(&state, .mouse(Mouse(.press, row: 2, column: column)), at: state.now)
    #expect(state.accountOrder.column == .speed)
    let row = state.rows.firstIndex { $0.hasPrefix("▸") } ?? 0
    let effects = update(&state, .mouse(Mouse(.press, row: row, column: 20)), at: state.now)
    #expect(effects.first == .openAccount("acme-shop") && state.view == .day)
  }

  @Test func `exports have one line per account`() throws {
    var state = Samples.fleetState()
    state.sort(by: .messages, isInverted: false)
    _ = state.press("x")
    guard case .export(let csv, "", let name)? = state.press("c").first else {
      Issue.record("nothing was exported")
      return
    }
    #expect(name == "wxtop-accounts-2026-08-20.csv")
    let lines = csv.split(separator: "\n").map(String.init)
    #expect(
      lines[0].hasPrefix("account,title,date,state,msg_count,usual,change_percent,speed,realspeed,speed_seen,error,h00")
    )
    #expect(lines[1].hasPrefix("acme-cn,艾克美,2026-08-20,final,17844,15930,12,3,30,2026-08-21T12:04:18+08:00,,"))
    #expect(lines[5].hasPrefix("acme-lab,,2026-08-20,failed,,,,2,45,"))
    #expect(lines.allSatisfy { $0.filter { $0 == "," }.count >= 34 })
    let json = exportText(state, .json)
    #expect(
      json.contains(
        "{\"account\":\"acme-old\",\"title\":null,\"date\":\"2026-08-20\",\"state\":\"final\",\"msg_count\":0"))
    #expect(json.contains("\"error\":\"40164") && json.contains("\"hours\":null}"))
    #expect(exportText(state, .text).contains("acme-shop") && exportText(state, .svg).hasPrefix("<svg "))
  }

  @Test func `the copied command names no account`() {
    var state = Samples.fleetState()
    guard case .copy(let line, _)? = state.press("Y").first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(line == "wxtop --view accounts --glyphs block --lang en --size 80x24 --once")
  }

  @Test func `plain text lists the worst account first`() {
    let lines = plainText(Samples.fleetState()).split(separator: "\n").map(String.init)
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("acme-lab, Thu 2026-08-20: 40164: ") && lines[0].contains("203.0.113.7"))
    #expect(lines[1].hasPrefix("acme-hr, ") && lines[1].contains("412 messages") && lines[1].contains("provisional"))
    let zh = plainText(Samples.fleetState(language: .zh))
    #expect(zh.contains("艾克美 (acme-cn)，2026-08-20 周四：17,844 条消息，比通常多 12%；已定稿；群发速度 L3 30万/分。"))
  }

  @Test func `the list shows new totals and marks old speeds`() {
    var state = Samples.fleetState()
    _ = state.press(.down)
    var fleet = state.fleet
    fleet[2].brief?.total = 999
    _ = update(&state, .fleet(fleet), at: state.now)
    #expect(state.rows.contains { $0.contains("999") }, "another total")
    let fresh = state.rows.first { $0.contains("acme-hr") }
    _ = update(&state, .tick, at: state.now + 1_200)
    let old = state.rows.first { $0.contains("acme-hr") }
    #expect(fresh?.contains("L4?") == false && old?.contains("L4?") == true, "nobody has polled for twenty minutes")
  }
}
