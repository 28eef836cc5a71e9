import Testing
import WeixinModel
import WeixinSimulator

@Suite struct FaultTests {
  @Test func everyFormIsReadAndWritten() {
    for form in Fault.forms {
      let text = form.replacing("=N", with: "=503")
      #expect(Fault(text)?.description == text)
      #expect(Fault(text + ":hourly")?.description == text + ":hourly")
    }
    #expect(Fault("errcode=-1:token") == Fault(.errcode(-1), on: .token))
    #expect(Fault("none") == Fault.none)
  }

  @Test(arguments: [
    "", "errcode", "errcode=", "errcode=x", "errcode=0", "http=99", "http=600", "html:", "html:x", "a:b:c",
  ])
  func nonsense(text: String) {
    #expect(Fault(text) == nil)
  }
}
