import TerminalScreen

extension KeyBindings {
  /// The keys that wxtop starts with.
  public static let standard = KeyBindings([
    Binding(.time, [.previousDay, .nextDay], [[.left, "h"], [.right, "l"]]),
    Binding(.time, [.previousWeek, .nextWeek], [[.up, "k"], [.down, "j"]]),
    Binding(.time, [.previousMonth, .nextMonth], [[.pageUp, "{"], [.pageDown, "}"]]),
    Binding(.time, [.previousYear, .nextYear], [["("], [")"]]),
    Binding(.time, [.previousHour, .nextHour], [[",", "<", .shiftLeft], [".", ">", .shiftRight]]),
    Binding(.time, [.firstHour, .lastHour], [["^", .home], ["$", .end]]),
    Binding(.time, .peakHour, "p"),
    Binding(.time, .newestDay, "t", "G"),
    Binding(.time, .goToDate, "g"),
    Binding(.time, .calendar, "c"),
    Binding(.time, [.nextUnusual, .previousUnusual], [["n"], ["N"]]),
    Binding(
      .views, [.zoomIn, .zoomOut, .zoomReset], [["+"], ["-"], ["="]],
      .said(en: "closer / wider / reset", zh: "放大 / 缩小 / 回到日")),
    Binding(.views, [.nextView, .previousView], [[.tab], [.backTab]]),
    Binding(
      .views, [.show(.day), .show(.week), .show(.month), .show(.accounts), .show(.table), .show(.speed)],
      [["D"], ["W"], ["M"], ["A"], ["T"], ["V"]],
      .said(en: "a view by its letter", zh: "按字母选择视图")),
    Binding(.views, .open, .enter),
    Binding(.views, .nextAccount, "a"),
    Binding(.shown, Series.allCases.map(Action.toggleSeries), Series.allCases.map { [.character($0.digit)] }),
    Binding(.shown, .allSeries, "0"),
    Binding(.shown, .onlyOneSeries, "o"),
    Binding(.shown, .switchMetric, "m"),
    Binding(.shown, .cycleCompare, "C"),
    Binding(.shown, .cycleScale, "S"),
    Binding(.shown, .toggleComposition, "%"),
    Binding(.shown, .toggleLabels, "#"),
    Binding(.shown, .toggleChartOnly, "e"),
    Binding(.shown, .cycleGlyphs, "~"),
    Binding(.shown, [.sort, .invertSort], [["s"], ["I"]]),
    Binding(.doing, .refresh, "r", .function(5), .control("r")),
    Binding(.doing, .refetch, "R"),
    Binding(.doing, .togglePause, " ", "Z"),
    Binding(.doing, .toggleBackfill, "B"),
    Binding(.doing, .filter, "/"),
    Binding(.doing, .command, ":"),
    Binding(.doing, .log, "@"),
    Binding(.doing, [.alerts, .acknowledge], [["!"], ["K"]]),
    Binding(.doing, [.copy, .copyCommand], [["y"], ["Y"]]),
    Binding(.doing, .export, "x"),
    Binding(.doing, .settings, .function(2)),
    Binding(.doing, .help, "?", .function(1)),
    Binding(.doing, .redraw, .control("l")),
    Binding(.doing, .suspend, .control("z")),
    Binding(.doing, .close, "q", .escape),
    Binding(.doing, .quit, "Q", .control("c")),
  ])

  /// The standard keys and htop's function keys.
  public static let htop: KeyBindings = {
    let more: [Action: Key] = [
      .nextUnusual: .function(3), .filter: .function(4), .sort: .function(6), .zoomOut: .function(7),
      .zoomIn: .function(8), .quit: .function(10),
    ]
    let changes = Dictionary(uniqueKeysWithValues: more.map { ($0, standard.keys(for: $0) + [$1]) })
    return (try? standard.with(changes)) ?? standard
  }()
}
