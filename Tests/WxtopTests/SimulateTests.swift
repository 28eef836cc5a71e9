import Testing
import WeixinModel
import WeixinSimulator

/// What `wxtop simulate` is told to do wrong.
@Suite(.processes)
struct SimulateTests {
  @Test func `its help lists every fault and every endpoint`() async throws {
    let run = await Wxtop.call("simulate", "--help", in: try Place())
    #expect(run.status == 0)
    for (form, meaning) in Fault.explanations {
      #expect(run.lines.contains { $0.hasPrefix(form + " ") && $0.hasSuffix(meaning) }, "\(form)")
    }
    for endpoint in Simulator.Endpoint.allCases { #expect(run.output.contains(endpoint.rawValue)) }
  }

  @Test func `several faults and a daily limit`() async throws {
    let place = try Place()
    let child = try Child.start(
      Wxtop.path,
      [
        "simulate", "--port", "0", "--fault", "errcode=48001:speed", "--fault", "errcode=-1*1:hourly", "--daily-limit",
        "1",
      ],
      environment: place.environment(), output: place.file("out"))
    let address = try await until("its address") {
      place.text(of: "out").firstMatch(of: /on (http:\/\/127.0.0.1:[0-9]+),/).map { String($0.1) }
    }
    let account = Simulator.Account()
    let environment = place.environment(adding: [
      "WXTOP_API_BASE": address, "WXTOP_APPID": account.appID, "WXTOP_SECRET": account.secret,
    ])
    var errors: [String] = []
    for arguments in [["speed"], ["hours", "2024-11-11"], ["hours", "2024-11-11"], ["hours", "2024-11-12"]] {
      errors.append(await Wxtop.call(arguments, in: place, environment: environment).error)
    }
    #expect(errors[0].contains("48001"))
    #expect(errors[1].contains("(-1)"))
    #expect(errors[2].isEmpty)
    #expect(errors[3].contains("45009"))
    child.signal(15)
    #expect(try await child.ended() == 143)
  }

  @Test(arguments: ["nonsense", "errcode=0", "html*0", "duplicates:speed", "late"])
  func `a fault that there is not`(fault: String) async throws {
    let run = await Wxtop.call("simulate", "--port", "0", "--fault", fault, in: try Place())
    #expect(run.status == 64)
    #expect(run.error.contains("There is no fault \(fault)."))
  }
}
