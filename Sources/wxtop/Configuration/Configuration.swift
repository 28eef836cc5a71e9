import WeixinAPI

/// What the configuration file says. Secrets are held so that no description can show them.
struct Configuration: Sendable {
  /// Seconds between polls of the mass-send speed.
  var interval: Int?
  /// `en` or `zh`.
  var language: String?
  /// `dark` or `light`.
  var theme: String?
  /// The accounts in the order of the file.
  var accounts: [AccountEntry] = []

  /// One entry below `accounts:`.
  struct AccountEntry: Sendable {
    var name: String
    var title = ""
    var appid: String?
    var secret: Secret?
    var secretFile: String?
    var token: Secret?
    var tokenFile: String?
    var apiBase: String?
    var proxy: String?
  }
}
