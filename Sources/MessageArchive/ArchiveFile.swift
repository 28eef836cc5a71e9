import GRDB
import Glibc
import WeixinModel

/// The archive as a file: its folder, its permissions, and what is done with a file that is no archive.
struct ArchiveFile {
  let path: String

  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What stands at the path.
  enum Content {
    case nothing
    /// With a connection for reading, unless the tables are to be brought up to date first.
    case archive(reader: Reader?)
    case unreadable
  }

  /// A connection for reading.
  struct Reader {
    var queue: DatabaseQueue
    /// Whether it takes the file for one that does not change.
    var isFrozen = false
  }

  /// Creates the missing folders (0700) and an empty file (0600). SQLite gives its `-wal` and `-shm` the file's mode.
  func create() throws(ArchiveFault) {
    try makeFolder()
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ArchiveFault(errno: errno, doing: "open") }
    Glibc.close(descriptor)
  }

  /// Whether others may read the file or what stands beside it, or one of them belongs to another user. All may have been made by
  /// hand, or copied, with wider permissions; with `mends` what is the user's own is closed first.
  func isOpenToOthers(mends: Bool) -> Bool {
    // SQLite puts its companions beside the file that a link leads to. None is opened to look at it: closing it again would free
    // the locks that SQLite holds on it.
    let file = realpath(path, nil).map { name in
      defer { free(name) }
      return String(cString: name)
    }
    var isOpen = false
    for name in ["", "-wal", "-shm"].map({ (file ?? path) + $0 }) + [path + "-lock"] {
      var facts = stat()
      guard lstat(name, &facts) == 0 else { continue }
      guard facts.st_mode & S_IFMT == S_IFREG, facts.st_uid == geteuid() else {
        isOpen = true
        continue
      }
      if facts.st_mode & 0o077 != 0, !mends || chmod(name, 0o600) != 0 { isOpen = true }
    }
    return isOpen
  }

  /// Looks at the file without changing a byte of it.
  func inspect() throws(ArchiveFault) -> Content {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      if errno == ENOENT { return .nothing }
      throw ArchiveFault(errno: errno, doing: "stat")
    }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .noFile }
    if facts.st_size == 0 { return .nothing }
    guard access(path, R_OK) == 0 else { throw .notReadable }
    do {
      let reader = try reader()
      guard let isCurrent = try reader.queue.read(isCurrent) else { return .nothing }
      return .archive(reader: isCurrent ? reader : nil)
    } catch {
      guard ArchiveFault.isUnreadable(error) else { throw ArchiveFault(error) }
      guard isMeantAsDatabase else {
        throw .other("the file is no archive, and by its name none was meant to be there")
      }
      return .unreadable
    }
  }

  /// One connection for all that a key may wait for: each that is opened takes time from the first frame.
  private func reader() throws -> Reader {
    do {
      return Reader(queue: try MessageArchive.queueForReading(path))
    } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
      // Even to read it SQLite makes a log beside a file. Where none can be made, as on a read-only disk, nobody writes.
      guard access(path, R_OK) == 0 else { throw error }
      var log = stat()
      // What stands in a log is part of the archive, and without its companion it cannot be read.
      if stat(path + "-wal", &log) == 0, log.st_size > 0 { throw ArchiveFault.notReadable }
      return Reader(queue: try MessageArchive.queueForReading(immutableName), isFrozen: true)
    }
  }

  /// The name by which SQLite reads the file as one that does not change.
  private var immutableName: String {
    let escaped = path.map { ["%": "%25", "?": "%3f", "#": "%23"][$0] ?? String($0) }
    return "file:" + escaped.joined() + "?immutable=1"
  }

  /// Whether the file says that it is a database, by its first bytes or its name. Any other file was named by mistake, and
  /// is not wxtop's to move.
  private var isMeantAsDatabase: Bool {
    if [".sqlite", ".sqlite3"].contains(where: path.hasSuffix) { return true }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    var start = [UInt8](repeating: 0, count: 15)
    return read(descriptor, &start, 15) == 15 && start == Array("SQLite format 3".utf8)
  }

  /// Whether all tables are there as this wxtop wants them; nil when there are none at all.
  private func isCurrent(_ database: Database) throws -> Bool? {
    let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    if owner != ArchiveSchema.applicationID {
      // The list of migrations is there a moment before the first of them has run: another process is at it.
      let tables =
        try Int.fetchOne(
          database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
      if tables == 0 { return nil }
      throw ArchiveFault.other("the file is the database of another program")
    }
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if version > ArchiveSchema.version { throw ArchiveFault.newerVersion }
    if version == ArchiveSchema.version { return true }
    let migrator = ArchiveSchema.migrator
    let applied = try migrator.appliedIdentifiers(database)
    if !applied.isSubset(of: migrator.migrations) { throw ArchiveFault.newerVersion }
    return applied.count == migrator.migrations.count
  }

  /// Renames the file and its companions; never over an existing file.
  func moveAside(at moment: Timestamp) throws(ArchiveFault) -> String {
    let clock = moment.beijingSecondOfDay
    let time = [clock / 3_600, clock / 60 % 60, clock % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    let stem = "\(path).unreadable-\(String("\(moment.beijingDay)".filter { $0 != "-" }))-\(time)"
    var aside = stem
    var number = 1
    while access(aside, F_OK) == 0 {
      number += 1
      aside = "\(stem)-\(number)"
    }
    guard rename(path, aside) == 0 else { throw ArchiveFault(errno: errno, doing: "rename") }
    // A log that belongs to the old file must not be replayed into the new one.
    for suffix in ["-wal", "-shm"] { _ = rename(path + suffix, aside + suffix) }
    return aside
  }

  /// Runs while no other process opens an archive in the folder, so that two of them can't both move a broken file
  /// aside, the second one the new file of the first. Where the lock can't be had within 2 s it goes on without.
  func alone<Result>(_ body: () throws(ArchiveFault) -> Result) throws(ArchiveFault) -> Result {
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return try body() }
    defer { Glibc.close(descriptor) }
    for _ in 0..<200 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { break }
      usleep(10_000)
    }
    return try body()
  }

  /// Creates the missing folders (0700).
  func makeFolder() throws(ArchiveFault) { try makeFolder(folder) }

  private func makeFolder(_ folder: String) throws(ArchiveFault) {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else {
      throw ArchiveFault(errno: errno, doing: "mkdir")
    }
    try makeFolder(String(folder[..<slash]))
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw ArchiveFault(errno: errno, doing: "mkdir") }
  }
}
