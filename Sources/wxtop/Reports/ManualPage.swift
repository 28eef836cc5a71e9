import ArgumentParser
import Dashboard

/// The manual page in roff: options out of the parser's own help, keys out of the keymap.
enum ManualPage {
  static var text: String {
    var page = """
      .TH WXTOP 1 "" "wxtop \(Version.text)" "User Commands"
      .SH NAME
      wxtop \\- htop for a Weixin (WeChat) Official Account
      .SH SYNOPSIS
      .B wxtop
      .RI [ options ]
      .br
      .B wxtop
      .I command
      .RI [ options ]
      .SH DESCRIPTION
      Polls the mass\\-send speed of a Weixin Official Account and draws the hourly upstream messages of any day since
      2014\\-12\\-01, stacked by msg_type. It only reads, and never takes an access token away from production.
      .PP
      Without a command it opens the dashboard on the newest day with data; press ? there for the keys.
      .B wxtop \\-\\-demo
      needs no account.

      """
    page += section("OPTIONS", options(of: DashboardCommand.self))
    page += ".SH COMMANDS\n"
    for command in WxtopCommand.configuration.subcommands where command.configuration.shouldDisplay {
      guard command != DashboardCommand.self else { continue }
      let configuration = command.configuration
      page += ".SS wxtop \(escaped(configuration.commandName ?? ""))\n\(escaped(configuration.abstract))\n"
      if !configuration.discussion.isEmpty { page += ".PP\n\(paragraphs(configuration.discussion))" }
      page += options(of: command)
    }
    page += ".SH KEYS\n"
    var heading = ""
    for row in KeyTable(.standard, .en).rows {
      if row.section != heading { page += ".SS \(escaped(row.section))\n" }
      heading = row.section
      page += ".TP\n.B \(escaped(row.keys.isEmpty ? ":" + row.names : row.keys))\n\(escaped(row.explanation))"
      page +=
        row.keys.isEmpty ? "\n" : "\n.RI ( \(escaped(row.names.split(separator: " ").joined(separator: ", "))) )\n"
    }
    return page + ending
  }

  private static func section(_ title: String, _ body: String) -> String { ".SH \(title)\n\(body)" }

  /// The options out of the help's text: `  --date <date>   Open at a day …`, continued on indented lines.
  private static func options(of command: any ParsableCommand.Type) -> String {
    var text = ""
    var isOption = false
    for line in WxtopCommand.helpMessage(for: command, columns: 400).split(separator: "\n") {
      if line == "OPTIONS:" || line == "ARGUMENTS:" {
        isOption = true
      } else if !line.hasPrefix(" ") {
        isOption = false
      } else if isOption {
        let words = line.drop { $0 == " " }
        if line.hasPrefix("  "), words.hasPrefix("-") || words.hasPrefix("<") {
          let gap = words.firstRange(of: "  ")
          let name = words[..<(gap?.lowerBound ?? words.endIndex)]
          let explanation = gap.map { words[$0.upperBound...].drop { $0 == " " } } ?? ""
          text += ".TP\n.B \(escaped(String(name)))\n\(escaped(String(explanation)))\n"
        } else {
          text += escaped(String(words)) + "\n"
        }
      }
    }
    return text
  }

  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty ? ".PP" : line.hasPrefix("  ") ? ".br\n" + escaped(String(line)) : escaped(String(line))
    }.joined(separator: "\n") + "\n"
  }

  /// A line of text that roff prints as it is.
  private static func escaped(_ text: String) -> String {
    let escaped = text.reduce(into: "") { escaped, character in
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      default: escaped.append(character)
      }
    }
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }

  private static let ending = """
    .SH ENVIRONMENT
    .TP
    .B WXTOP_TOKEN
    A ready access_token, or a third\\-party platform's authorizer_access_token.
    .TP
    .B WXTOP_APPID, WXTOP_SECRET, WXTOP_SECRET_FILE
    The AppID, and the AppSecret or a file (mode 0600) with it.
    .TP
    .B WXTOP_API_BASE, WXTOP_CONFIG, WXTOP_ARCHIVE
    As \\-\\-api\\-base, \\-\\-config and \\-\\-archive.
    .TP
    .B https_proxy, http_proxy, no_proxy, NO_COLOR, LC_ALL, LC_MESSAGES, LANG, TERM, COLORTERM
    As usual.
    .SH FILES
    .TP
    .I ~/.config/wxtop/config.yaml
    Accounts, theme, language, keys and marks.
    .TP
    .I ~/.local/share/wxtop/archive.sqlite
    All fetched days and seen speeds; SQLite.
    .TP
    .I ~/.local/state/wxtop/wxtop.log
    What failed, and when.
    .SH EXIT STATUS
    0 done; 64 wrong arguments; 65 unusable reply or archive; 69 the API, network or terminal is unavailable; 70 an error in
    wxtop; 73 a file cannot be made; 75 try again later; 77 not allowed; 78 no or broken configuration; 130 interrupted.
    .SH SEE ALSO
    .BR htop (1),
    .BR ncurses (3)

    """
}
