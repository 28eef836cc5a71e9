import Dashboard
import Glibc
import WeixinAPI
import WeixinModel

/// Access tokens from a file that another program keeps up to date; read anew whenever the file has changed, and when
/// Weixin refuses the last one.
actor TokenFile: AccessTokenSource {
  private let path: String
  private let language: Language
  private var last: (stamp: Stamp, token: AccessToken)?

  init(path: String, language: Language = .en) {
    self.path = path
    self.language = language
  }

  func token() async throws -> AccessToken {
    if let last, last.stamp.isRegular, last.stamp == Stamp(path) { return last.token }
    return try read()
  }

  /// What the file holds now, unless that is the token that was refused.
  func replacement(for refused: AccessToken) async throws -> AccessToken? {
    let current = try read()
    return current == refused ? nil : current
  }

  private func read() throws -> AccessToken {
    // Taken before the reading: a change during it is then seen with the next call.
    let stamp = Stamp(path)
    do {
      let token = AccessToken(try TextFile.secret(path, .tokenFile))
      last = (stamp, token)
      return token
    } catch .configuration(_, _, .empty) where last != nil {
      // Whoever writes it anew has emptied it first. Weixin says whether the last one is still good.
      if let last { return last.token }
    } catch .configuration(let file, _, let problem) {
      let cause = "\(file): \(problem.sentence(language))".cleaned().withoutFullStop
      throw problem.passes ? APIError.tokenSource(cause: cause) : APIError.noToken(cause: cause)
    }
    throw APIError.tokenSource(cause: path.cleaned())
  }

  /// What changes when a file is written or replaced.
  private struct Stamp: Equatable {
    var isRegular = false
    var device: UInt = 0
    var inode: UInt = 0
    var size = 0
    var seconds = 0
    var nanoseconds = 0

    init(_ path: String) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return }
      isRegular = facts.st_mode & S_IFMT == S_IFREG
      device = UInt(facts.st_dev)
      inode = UInt(facts.st_ino)
      size = Int(facts.st_size)
      seconds = facts.st_mtim.tv_sec
      nanoseconds = facts.st_mtim.tv_nsec
    }
  }
}

extension String {
  /// For the middle of another sentence.
  var withoutFullStop: String { hasSuffix(".") || hasSuffix("。") ? String(dropLast()) : self }
}
