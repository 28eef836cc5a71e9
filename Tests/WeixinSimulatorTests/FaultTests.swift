import Testing
import WeixinModel
import WeixinSimulator

@Suite struct FaultTests {
  @Test func `every form is read and written`() {
    for form in Fault.forms {
      let text = form.replacing("=N", with: "=503")
      for variant in [text, text + ":hourly", text + "*3", text + "*3:hourly"] {
        #expect(Fault(variant)?.description == variant)
      }
    }
    #expect(Fault("errcode=-1:token") == Fault(.errcode(-1), on: .token))
    #expect(Fault("errcode=-1*2") == Fault(.errcode(-1), times: 2))
    #expect(Fault("skew=-300") == Fault(.skew(seconds: -300)))
    #expect(Fault("late=10") == Fault(.late(hour: 10)))
    #expect(Fault("none") == Fault.none)
  }

  @Test(arguments: [
    "", "errcode", "errcode=", "errcode=x", "errcode=0", "http=99", "http=600", "html:", "html:x", "a:b:c", "html*",
    "html*0", "html*-1", "html*x", "html*2*2", "*2", ":hourly", "late=-1", "late", "skew=", "duplicates:speed",
    "late=9:token", "html:hourly*2",
  ])
  func `nonsense is no fault`(text: String) {
    #expect(Fault(text) == nil)
  }
}
