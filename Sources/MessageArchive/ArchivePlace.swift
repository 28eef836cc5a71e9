import GRDB
import Glibc
public import WeixinModel

/// What an archive reads from and writes to at the moment: a file, or memory where the file cannot be used.
struct Place: Sendable {
  /// Which file it is; nil in memory.
  var file: FileIdentity?
  /// SQLite's log beside the file, once it was seen. As long as the file is open nobody takes it away who knows of it.
  var log: FileIdentity?
  var reader: DatabaseQueue
  /// Opened with the first write.
  var writer: DatabaseQueue?
  /// Whether the file is read as one that does not change.
  var isFrozen = false
  /// What was wrong on the way here, and is told until it is over.
  var said: ArchiveFault?
  /// Why nothing is written at the moment, though a file is open: it is not the one at the path any more.
  var lost: ArchiveFault?
  /// Whether others may read what is kept, as it was when it was looked at last.
  var isOpenToOthers = false
  /// What people should know and have not been told.
  var news: [ArchiveNews] = []
  /// When a file that cannot be used was tried last.
  var triedAt = ContinuousClock.now

  /// An empty one in memory, whose one connection reads and writes.
  static func inMemory() throws(ArchiveFault) -> Place {
    do {
      let queue = try DatabaseQueue(configuration: MessageArchive.configuration)
      try ArchiveSchema.migrator.migrate(queue)
      return Place(file: nil, reader: queue, writer: queue)
    } catch {
      throw ArchiveFault(error)
    }
  }

  /// The archive in a file, whose tables are up to date; nil where there is none and none is to be made.
  static func open(_ file: ArchiveFile, makesFile: Bool) throws(ArchiveFault) -> Place? {
    switch try file.inspect() {
    // An archive needs no lock: nobody moves it aside.
    case .archive(let reader?): return try opened(reader, file)
    case .archive(nil): break
    case .unreadable:
      guard makesFile else { throw .damaged }
    case .nothing:
      guard makesFile else { return nil }
      try file.create()
    }
    return try file.alone { () throws(ArchiveFault) in
      var fault: ArchiveFault?
      // Asked again under the lock: meanwhile another process may have made the tables, or mended the file.
      switch try file.inspect() {
      case .archive(let reader?): return try opened(reader, file)
      case .archive(nil), .nothing: break
      case .unreadable:
        fault = .movedAside(to: try file.moveAside(at: Timestamp(seconds: time(nil))))
        try file.create()
      }
      var place = try migrating(file)
      place.said = fault
      return place
    }
  }

  private static func opened(_ reader: ArchiveFile.Reader, _ file: ArchiveFile) throws(ArchiveFault) -> Place {
    var place = Place(file: try FileIdentity(of: file.path), reader: reader.queue, isFrozen: reader.isFrozen)
    place.isOpenToOthers = file.isOpenToOthers(mends: true)
    return place
  }

  /// Brings the tables up to date, then opens as any other start does.
  private static func migrating(_ file: ArchiveFile) throws(ArchiveFault) -> Place {
    do {
      let queue = try MessageArchive.queueForWriting(file.path)
      try ArchiveSchema.migrator.migrate(queue)
      try queue.close()
    } catch {
      throw ArchiveFault(error)
    }
    guard case .archive(let reader?) = try file.inspect() else { throw .other("the new tables cannot be read") }
    return try opened(reader, file)
  }
}

/// Which file it is that a name leads to.
struct FileIdentity: Hashable, Sendable {
  private let device: dev_t
  private let number: ino_t

  init(of path: String) throws(ArchiveFault) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw ArchiveFault(errno: errno, doing: "stat") }
    self.init(facts)
  }

  init?(of descriptor: Int32) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { return nil }
    self.init(facts)
  }

  /// The file at a path, if there is one.
  static func existing(_ path: String) -> FileIdentity? { try? FileIdentity(of: path) }

  private init(_ facts: stat) { (device, number) = (facts.st_dev, facts.st_ino) }
}

/// What has become of an archive while it was used.
public enum ArchiveNews: Hashable, Sendable {
  /// Another file, or none, stood at the path; what stands there now is used.
  case replaced
  /// It can be used again.
  case restored
  /// It cannot be used any more.
  case fault(ArchiveFault)
}
