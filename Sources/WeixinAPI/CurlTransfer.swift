import CCurl
import FoundationEssentials
import Glibc
import WeixinModel

/// One request on its way. Lives on the thread of libcurl.
final class CurlTransfer {
  let id: CurlThread.CallID
  let easy: UnsafeMutableRawPointer
  private let request: HTTPCall
  private let route: CurlRoute
  private let continuation: CheckedContinuation<HTTPReply, any Error>
  /// libcurl writes here what went wrong, with names and numbers.
  private let errorText: UnsafeMutablePointer<CChar>
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var body: [UInt8] = []
  private var isTooLarge = false

  init(
    _ id: CurlThread.CallID, _ request: HTTPCall, _ route: CurlRoute,
    _ continuation: CheckedContinuation<HTTPReply, any Error>
  ) throws(APIError) {
    guard let easy = ccurl_easy_init() else {
      throw .unreachable(host: route.target.host, cause: String(cString: ccurl_words(CURLE_OUT_OF_MEMORY)))
    }
    self.id = id
    self.easy = easy
    self.request = request
    self.route = route
    self.continuation = continuation
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try setUp()
  }

  deinit {
    ccurl_easy_cleanup(easy)
    ccurl_free_list(headers)
    errorText.deallocate()
  }

  private func setUp() throws(APIError) {
    try set(CURLOPT_ERRORBUFFER, errorText)
    try set(CURLOPT_URL, request.address + (request.query.map { "?" + $0 } ?? ""))
    try set(CURLOPT_PROTOCOLS_STR, route.target.scheme)
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try set(CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try set(CURLOPT_NOSIGNAL, 1)
    // Else ending a call waits for a name that is still being looked up.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_TIMEOUT_MS, request.deadline.wholeMilliseconds)
    try set(CURLOPT_CONNECTTIMEOUT_MS, min(route.connectTimeout, request.deadline).wholeMilliseconds)
    try set(CURLOPT_MAXAGE_CONN, 30)
    try set(CURLOPT_ACCEPT_ENCODING, "")
    try set(CURLOPT_USERAGENT, request.userAgent)
    try check(ccurl_set_sockets(easy))
    try check(
      ccurl_set_write(
        easy,
        { bytes, size, count, context in
          guard let bytes, let context else { return 0 }
          let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
          return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }, Unmanaged.passUnretained(self).toOpaque()))
    try setProxy()
    try setRoots()
    headers = ccurl_append(nil, "Accept: application/json")
    if let body = request.body {
      headers = ccurl_append(headers, "Content-Type: application/json")
      try set(CURLOPT_POSTFIELDSIZE, body.count)
      try check(
        body.withUnsafeBytes { ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, .init(mutating: $0.baseAddress)) })
    }
    try set(CURLOPT_HTTPHEADER, headers)
  }

  private func setProxy() throws(APIError) {
    // Set in any case, or libcurl looks into the environment by itself.
    try set(CURLOPT_PROXY, route.proxy?.address ?? "")
    try set(CURLOPT_NOPROXY, route.proxy?.exceptions ?? "")
    if let proxy = route.proxy { try set(CURLOPT_PROXYPORT, proxy.port) }
  }

  private func setRoots() throws(APIError) {
    if let folder = route.roots.folder { try set(CURLOPT_CAPATH, folder) }
    if let file = route.roots.file { try set(CURLOPT_CAINFO, file) }
    guard let all = route.roots.all else { return }
    for option in [CURLOPT_CAINFO_BLOB, CURLOPT_PROXY_CAINFO_BLOB] {
      try check(all.withUnsafeBytes { ccurl_set_blob(easy, option, $0.baseAddress, $0.count) })
    }
  }

  private func set(_ option: CURLoption, _ value: Int) throws(APIError) {
    try check(ccurl_set_long(easy, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws(APIError) {
    try check(ccurl_set_string(easy, option, value))
  }

  private func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(APIError) {
    try check(ccurl_set_pointer(easy, option, value))
  }

  private func check(_ code: CURLcode) throws(APIError) {
    if code != CURLE_OK { throw failure(code) }
  }

  /// Takes bytes of the reply, decompressed; fewer than all of them end the transfer.
  private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= request.replyLimit else {
      isTooLarge = true
      return 0
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }

  func added(to multi: UnsafeMutableRawPointer) throws(APIError) {
    if ccurl_multi_add(multi, easy) != CURLM_OK { throw failure(CURLE_FAILED_INIT) }
  }

  func cancel(in multi: UnsafeMutableRawPointer) {
    _ = ccurl_multi_remove(multi, easy)
    continuation.resume(throwing: CancellationError())
  }

  func end(_ code: CURLcode, in multi: UnsafeMutableRawPointer) {
    let result = Result { () throws(APIError) in try reply(code) }
    _ = ccurl_multi_remove(multi, easy)
    continuation.resume(with: result.mapError { $0 as any Error })
  }

  private func reply(_ code: CURLcode) throws(APIError) -> HTTPReply {
    if isTooLarge { throw .tooLarge(limit: request.replyLimit) }
    try check(code)
    var status = 0
    _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    let date = ccurl_header(easy, "Date").flatMap { HTTPDate.seconds(String(cString: $0)) }
    let wait = ccurl_header(easy, "Retry-After").map { String(cString: $0) }.flatMap { text in
      // Seconds, or a moment by the clock of whoever answers.
      Int(digits: text) ?? HTTPDate.seconds(text).map { max(0, $0 - (date ?? time(nil))) }
    }
    return HTTPReply(status: status, body: body, date: date, retryAfter: wait)
  }

  private func failure(_ code: CURLcode) -> APIError {
    var (errno, microseconds) = (0, curl_off_t(0))
    _ = ccurl_get_long(easy, CURLINFO_OS_ERRNO, &errno)
    _ = ccurl_get_time(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
    return CurlFailure(
      code: code, text: String(cString: errorText), errno: CInt(truncatingIfNeeded: errno),
      isConnected: microseconds > 0, deadline: request.deadline, route: route
    ).apiError
  }
}

extension Duration {
  /// Whole milliseconds, rounded up; at least one, since zero means no limit to libcurl.
  fileprivate var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return max(
      1, Int(min(seconds, 1_000_000)) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
