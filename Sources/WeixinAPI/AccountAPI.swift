public import WeixinModel

/// The calls that wxtop makes for one account. Nothing that writes, resets or forces is among them.
///
/// Each method throws an ``APIError``, or `CancellationError` when its task is cancelled.
public protocol AccountAPI: Sendable {
  /// The mass-send speed now (getSpeed: `POST /cgi-bin/message/mass/speed/get`).
  func massSendSpeed() async throws -> MassSendSpeed

  /// The upstream messages of one Beijing day (getupstreammsghour: `POST /datacube/getupstreammsghour`).
  func hourlyMessages(on day: BeijingDay) async throws -> HourlyReply

  /// How often a call may be made today (`POST /cgi-bin/openapi/quota/get`).
  func quota(of endpoint: WeixinFault.Endpoint) async throws -> CallQuota
}

/// One answer of getupstreammsghour.
public struct HourlyReply: Hashable, Sendable {
  /// The usable rows. Empty is what Weixin sent, and may mean "not yet": see ``Publication``.
  public var messages: HourlyMessages
  /// What could not be used.
  public var leftOut: RowsLeftOut

  /// An answer.
  public init(messages: HourlyMessages, leftOut: RowsLeftOut = RowsLeftOut()) {
    self.messages = messages
    self.leftOut = leftOut
  }
}
