import GRDB
import GRDBSQLite
import Glibc
import WeixinModel

extension MessageArchive {
  /// The SQLite that keeps it, such as `3.40.1`.
  public static var sqliteVersion: String { String(cString: sqlite3_libversion()) }
}

extension ArchiveFault {
  /// The fault behind an error of SQLite.
  init(_ error: any Error) {
    switch error {
    case let fault as ArchiveFault: self = fault
    case let error as DatabaseError: self = Self.reading(error)
    default: self = .other("\(error)".cleaned())
    }
  }

  /// The fault behind a failed system call.
  init(errno code: Int32, doing action: String) {
    switch code {
    case ENOSPC, EDQUOT: self = .diskFull
    case EACCES, EPERM, EROFS, ENOTDIR, ENOENT, EISDIR, ELOOP, ENAMETOOLONG: self = .notWritable
    default: self = .other("\(action): errno \(code)")
    }
  }

  private static func reading(_ error: DatabaseError) -> ArchiveFault {
    switch error.resultCode {
    case .SQLITE_FULL: .diskFull
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .notWritable
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: .busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
    // Which tables there are is known from the file's version.
    case .SQLITE_ERROR where error.message?.hasPrefix("no such ") ?? false: .damaged
    default: .other((error.message ?? error.resultCode.description).cleaned())
    }
  }

  /// Whether the error says that the bytes of the file are no database, or a broken one.
  static func isUnreadable(_ error: any Error) -> Bool {
    guard let code = (error as? DatabaseError)?.resultCode else { return false }
    return code == .SQLITE_NOTADB || code == .SQLITE_CORRUPT
  }
}
