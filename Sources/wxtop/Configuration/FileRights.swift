import Glibc

/// Whose a file is, and what others than its user may do with it. Root is nobody else, and neither is a group in which the user is
/// alone, as Debian and Ubuntu make one for each.
struct FileRights: Equatable {
  let owner: uid_t
  let group: gid_t
  let mode: mode_t

  init(_ facts: stat) {
    owner = facts.st_uid
    group = facts.st_gid
    mode = facts.st_mode
  }

  /// Whether it belongs to neither the user nor root.
  var isOfOthers: Bool { owner != geteuid() && owner != 0 }

  /// Whether others may write it.
  var othersMayWrite: Bool { mode & 0o002 != 0 || (mode & 0o020 != 0 && !isOfUserAlone) }

  /// Whether others may read or write it. What root keeps for a group of this process is a container's way to hand over a secret.
  var othersMayRead: Bool {
    if mode & 0o007 != 0 { return true }
    if mode & 0o070 == 0 || isOfUserAlone { return false }
    return !(owner == 0 && mode & 0o070 == 0o040 && Self.groups.contains(group))
  }

  private var isOfUserAlone: Bool {
    if group == 0 { return true }
    let (user, room) = (geteuid(), 1 << 16)
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: room)
    defer { buffer.deallocate() }
    var account = passwd()
    var found: UnsafeMutablePointer<passwd>?
    guard getpwuid_r(user, &account, buffer, room, &found) == 0, found != nil else { return false }
    let primary = account.pw_gid
    guard let pointer = account.pw_name else { return false }
    let name = String(cString: pointer)
    var entry = Glibc.group()
    var place: UnsafeMutablePointer<Glibc.group>?
    guard primary == group, getgrgid_r(group, &entry, buffer, room, &place) == 0, place != nil
    else { return false }
    var member = entry.gr_mem
    while let text = member?.pointee {
      if String(cString: text) != name { return false }
      member = member?.advanced(by: 1)
    }
    return !Self.hasOtherUsers(group, than: user, in: (try? TextFile.bytes(of: "/etc/passwd")) ?? [])
  }

  /// Whether a group is the first one of another user too, in the form of `/etc/passwd`.
  static func hasOtherUsers(_ group: gid_t, than user: uid_t, in users: [UInt8]) -> Bool {
    String(decoding: users, as: UTF8.self).split(separator: "\n").contains { line in
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      return fields.count > 3 && fields[3] == "\(group)" && fields[2] != "\(user)"
    }
  }

  private static var groups: [gid_t] {
    var groups = [gid_t](repeating: 0, count: max(0, Int(getgroups(0, nil))))
    let count = getgroups(Int32(groups.count), &groups)
    return groups.prefix(max(0, Int(count))) + [getegid()]
  }
}

extension FileRights {
  /// What is wrong with a file that is obeyed, or with the folders in which its name and it itself stand; nil where nothing is.
  static func problem(of path: String, _ kind: ConfigurationProblem.FileKind) -> ConfigurationProblem? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return problem(of: path, kind, FileRights(facts))
  }

  /// The same of a file that was looked at.
  static func problem(
    of path: String, _ kind: ConfigurationProblem.FileKind, _ rights: FileRights
  ) -> ConfigurationProblem? {
    guard [S_IFREG, S_IFIFO].contains(rights.mode & S_IFMT) else { return nil }
    if rights.isOfOthers { return .ofOthers(kind, path: path) }
    if rights.othersMayWrite { return .writableByOthers(kind, path: path) }
    let folders = Set([path.folder, TextFile.realPath(path)?.folder ?? path.folder])
    return folders.sorted().lazy.compactMap(FileRights.problem(ofFolder:)).first
  }

  /// What is wrong with a folder from which wxtop takes what it obeys; nil where nothing is. In a folder like `/tmp` nobody can
  /// replace what is another's.
  static func problem(ofFolder path: String) -> ConfigurationProblem? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    let rights = FileRights(facts)
    if rights.isOfOthers { return .ofOthers(.folder, path: path) }
    return rights.othersMayWrite && rights.mode & S_ISVTX == 0 ? .writableByOthers(.folder, path: path) : nil
  }
}
