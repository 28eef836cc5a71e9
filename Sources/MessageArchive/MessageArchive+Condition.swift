import GRDB
import Glibc
public import WeixinModel

extension MessageArchive {
  /// What stands where an archive is to be.
  public enum Condition: Hashable, Sendable {
    /// Nothing, or an empty file.
    case absent
    /// An archive that this wxtop can use as it is.
    case current
    /// An archive of an older wxtop, which opening brings up to date.
    case older
    /// A file that cannot be read as an archive, which opening moves aside.
    case unreadable
  }

  /// Looks at the archive at a path without changing it.
  /// - Throws: what keeps it from being used, as ``open(at:)`` would.
  public static func condition(at path: String) throws(ArchiveFault) -> Condition {
    switch try ArchiveFile(path: path).inspect() {
    case .nothing: return .absent
    case .unreadable: return .unreadable
    case .archive(nil): return .older
    case .archive: return .current
    }
  }

  /// A file of more bytes is not read whole by ``examine(at:)``: that would take minutes.
  static let mostExamined = 1 << 29

  /// Reads what an archive holds, for damage that its opening does not meet: whether its tables are there and its pages sound. Of a
  /// very large file only the tables. Changes nothing; where there is no archive of this version there is nothing to find.
  /// - Throws: ``ArchiveFault/damaged``, or why the archive cannot be read.
  public static func examine(at path: String) throws(ArchiveFault) {
    guard case .archive(let reader?) = try ArchiveFile(path: path).inspect() else { return }
    var facts = stat()
    let isSmall = stat(path, &facts) == 0 && facts.st_size <= mostExamined
    let wanted = try Place.inMemory().reader
    do {
      let tables = try wanted.read(tables)
      try reader.queue.read { database in
        guard try self.tables(database).isSuperset(of: tables) else { throw ArchiveFault.damaged }
        guard isSmall else { return }
        guard try String.fetchOne(database, sql: "PRAGMA quick_check(1)") == "ok" else { throw ArchiveFault.damaged }
      }
      try reader.queue.close()
    } catch {
      throw ArchiveFault(error)
    }
  }

  private static func tables(_ database: Database) throws -> Set<String> {
    try String.fetchSet(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
  }

  /// What is wrong around an archive that can be read, as those would see it who use it. Changes nothing.
  public static func faults(at path: String) -> [ArchiveFault] {
    let file = ArchiveFile(path: path)
    var faults: [ArchiveFault] = []
    // SQLite makes a log beside a file that it writes.
    if access(path, F_OK) == 0, access(path, W_OK) != 0 || access(file.folder, W_OK) != 0 {
      faults.append(.notWritable)
    }
    if ArchiveLock.isForAll(beside: path) == false { faults.append(.noLock) }
    if file.isOpenToOthers(mends: false) { faults.append(.openToOthers) }
    return faults
  }
}
