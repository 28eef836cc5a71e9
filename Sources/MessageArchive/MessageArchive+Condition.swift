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
