import Dashboard
import MessageArchive
import Synchronization
import WeixinAPI
import WeixinModel

/// What the accounts of a process share: one pool of connections for all that take the same way, and one archive.
final class Connections: Sendable {
  private struct Way: Hashable {
    var proxy: String?
    var certificates: String?
  }

  private struct State {
    var transports: [Way: CurlTransport] = [:]
    var archives: [String: MessageArchive.Opened] = [:]
    /// Those in memory, of accounts whose history may not be mixed with another's.
    var unnamed: [MessageArchive] = []
  }

  private let state = Mutex(State())

  /// What carries calls through a proxy, or past it, with certificates to trust.
  func transport(proxy: String?, certificates: String?) -> CurlTransport {
    let way = Way(proxy: proxy, certificates: certificates)
    return state.withLock { state in
      if let transport = state.transports[way] { return transport }
      let transport = CurlTransport(
        environment: Environment.process.variables, proxy: proxy, certificates: certificates)
      state.transports[way] = transport
      return transport
    }
  }

  /// The archive at a path, opened once; one in memory without a path. One that cannot be used gives way to one in memory until it
  /// can, and who only reads makes none.
  func archive(at path: String?, makesFile: Bool = true) throws(CommandFailure) -> MessageArchive.Opened {
    do throws(ArchiveFault) {
      return try state.withLock { state throws(ArchiveFault) in
        guard let path else {
          let archive = try MessageArchive.inMemory()
          state.unnamed.append(archive)
          return MessageArchive.Opened(archive: archive)
        }
        if let opened = state.archives[path] { return opened }
        let opened = try MessageArchive.openOrInMemory(at: path, makesFile: makesFile)
        state.archives[path] = opened
        return opened
      }
    } catch {
      throw .archive(error, path: path ?? "memory")
    }
  }

  /// Looks whether the archives still stand where they did.
  /// - Returns: What people should know of them, as sentences.
  func lookAtArchives(_ language: Language) -> [String] {
    state.withLock(\.archives).flatMap { path, opened in
      opened.archive.look()
      return opened.archive.takeNews().map { $0.sentence(path: path, language) }
    }
  }

  /// Lets the connections go and closes the archives.
  func close() async {
    let state = state.withLock(\.self)
    for transport in state.transports.values { await transport.shutdown() }
    // Folds the write-ahead log into the file, so that the next start need not.
    for archive in state.archives.values.map(\.archive) + state.unnamed { try? archive.close() }
  }
}

extension ArchiveNews {
  func sentence(path: String, _ language: Language) -> String {
    switch self {
    case .replaced: ArchiveFault.replacedSentence(path: path, language)
    case .restored: ArchiveFault.restoredSentence(path: path, language)
    case .fault(let fault): fault.sentence(path: path, language)
    }
  }
}
