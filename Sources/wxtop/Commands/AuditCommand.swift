import ArgumentParser
import Dashboard
import WeixinAPI
import WeixinModel

/// `wxtop audit`: everything that wxtop can call, and what it guarantees.
struct AuditCommand: AccountCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Every URL that wxtop can call, what it never calls, and what it guarantees. Makes no call.")

  @Option(help: "text or json.")
  var format: ListFormat = .text

  @OptionGroup var options: AccountOptions

  func run(in surroundings: Surroundings) async throws {
    let choice = options.choice(surroundings)
    let configuration = try choice.configuration()
    let accounts = try await choice.lookup(configuration).all()
    var addresses: [String] = []
    for address in choice.addressOverride.map({ [$0] }) ?? accounts.map(\.address) where !addresses.contains(address) {
      addresses.append(address)
    }
    if addresses.isEmpty { addresses = [WeixinServer.officialAddress] }
    let language = choice.language(configuration)
    var report = AuditReport(language: language)
    for address in addresses {
      do {
        let server = try WeixinServer(address: address, transport: CurlTransport())
        report.add(server)
      } catch {
        throw CommandFailure.api(error as? APIError ?? .notAllowed(address: address.withoutLogin))
      }
    }
    try surroundings.output.write(format == .json ? report.json : report.text, isUTF8: format == .json)
  }
}
