import NIOCore

/// Decides when a connection ends: not before what was written has gone out, and at its age limit whatever it is doing.
///
/// Hummingbird closes a connection that is to end as soon as its answer is written, and what the socket has not taken by then
/// would be lost to a slow reader.
final class ConnectionEnd: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny
  typealias OutboundIn = NIOAny

  private let lifetime: TimeAmount
  private var limit: Scheduled<Void>?
  /// Writes that the socket has not taken yet.
  private var pending = 0
  private var isEnding = false

  init(lifetime: TimeAmount) { self.lifetime = lifetime }

  func handlerAdded(context: ChannelHandlerContext) {
    limit = context.eventLoop.assumeIsolated().scheduleTask(in: lifetime) { context.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { limit?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    limit?.cancel()
    context.fireChannelInactive()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let promise = promise ?? context.eventLoop.makePromise()
    pending += 1
    promise.futureResult.assumeIsolated().whenComplete { _ in
      self.pending -= 1
      if self.pending == 0, self.isEnding { context.close(promise: nil) }
    }
    context.write(data, promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard pending > 0, mode == .all else {
      context.close(mode: mode, promise: promise)
      return
    }
    isEnding = true
    context.channel.closeFuture.cascade(to: promise)
  }
}
