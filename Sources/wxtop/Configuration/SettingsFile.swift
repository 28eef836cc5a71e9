import Dashboard
import DashboardRuntime
import Glibc

/// Keeps settings in the configuration file: lines of their own at its top level, and nothing else of it is touched.
enum SettingsFile {
  /// Why settings were not kept.
  enum Refusal: Error {
    case unreadable(CommandFailure)
    case notALine(path: String, key: String)
    case notPlain(path: String)
    case changedMeanwhile(path: String)
    /// The file has other names, which are hard links.
    case linked(path: String)
    /// The file's owner, group or mode could not be kept.
    case ofOthers(path: String)
    case failed(path: String, code: Int32)
  }

  static func keep(_ settings: [Setting], in path: String?) -> StatusFeed.FileOutcome {
    guard let path else { return .failed(.said(en: "this is a demo, which leaves nothing behind", zh: "演示模式不留下任何文件")) }
    do throws(Refusal) {
      let file = try read(path)
      var text = SettingsText(file?.bytes ?? [], file: path)
      do throws(SettingsText.Refusal) {
        for setting in settings { try text.set(setting) }
      } catch {
        switch error {
        case .unreadable(let failure): throw .unreadable(failure)
        case .notALine(let key): throw .notALine(path: path, key: key)
        }
      }
      if file == nil || text.bytes != file?.bytes { try replace(path, by: text.bytes, file) }
      return .written(path: path)
    } catch {
      return .failed(.said(en: error.words(.en), zh: error.words(.zh)))
    }
  }

  private static func read(_ path: String) throws(Refusal) -> TextFile? {
    do throws(CommandFailure) {
      return try TextFile.read(path, .configuration)
    } catch {
      throw .unreadable(error)
    }
  }

  /// Writes beside the file and renames, so that nobody ever reads half of it.
  private static func replace(_ path: String, by bytes: [UInt8], _ file: TextFile?) throws(Refusal) {
    if let file, !file.isRegular { throw .notPlain(path: path) }
    // The other names would keep what was there.
    if let file, file.facts.st_nlink > 1 { throw .linked(path: path) }
    // A file that is a link stays one.
    let target = TextFile.target(of: path)
    makeFolders(of: target)
    let beside = target + ".new-\(getpid())"
    unlink(beside)
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .failed(path: path, code: errno) }
    var isDone = false
    defer {
      close(descriptor)
      if !isDone { unlink(beside) }
    }
    guard write(bytes, to: descriptor) else { throw .failed(path: path, code: errno) }
    if let facts = file?.facts {
      var new = stat()
      let isKept =
        fstat(descriptor, &new) == 0 && (new.st_uid, new.st_gid) == (facts.st_uid, facts.st_gid)
        || fchown(descriptor, facts.st_uid, facts.st_gid) == 0
      guard isKept, fchmod(descriptor, facts.st_mode & 0o7777) == 0 else { throw .ofOthers(path: path) }
    }
    guard fsync(descriptor) == 0 else { throw .failed(path: path, code: errno) }
    // What cannot be read back is not put in its place.
    let written = try read(beside)
    do throws(CommandFailure) {
      _ = try ConfigurationReader(file: path).parse(written?.text ?? "")
    } catch {
      throw .unreadable(error)
    }
    guard written?.bytes == bytes else { throw .failed(path: path, code: EIO) }
    guard try read(path)?.bytes == file?.bytes else { throw .changedMeanwhile(path: path) }
    guard rename(beside, target) == 0 else { throw .failed(path: path, code: errno) }
    isDone = true
    // Else the old name could come back with the power.
    let folder = open(target.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The folders above a file that are not there yet, seen from where the file is seen.
  private static func makeFolders(of path: String) {
    for place in path.utf8.indices.dropFirst() where path.utf8[place] == UInt8(ascii: "/") {
      mkdir(String(path[..<place]), 0o700)
    }
  }
}

extension TextFile {
  /// Where a path leads to, also where nothing is there yet: a link may dangle.
  static func target(of path: String) -> String {
    if let real = realPath(path) { return real }
    var path = path
    // As many as the kernel follows.
    for _ in 0..<40 {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = readlink(path, &buffer, buffer.count)
      guard count > 0 else { break }
      path = String(decoding: buffer.prefix(count), as: UTF8.self).seen(from: path)
    }
    return path
  }
}

extension SettingsFile.Refusal {
  /// Without a full stop, for the middle of another sentence.
  func words(_ language: Language) -> String {
    switch (self, language) {
    case (.unreadable(let failure), _): failure.sentence(language)?.withoutFullStop ?? ""
    case (.notALine(let path, let key), .en):
      "\(path) is written in a form in which \(key) cannot be changed alone; the file is as it was. Change it there by hand"
    case (.notALine(let path, let key), .zh): "\(path) 的写法使 \(key) 无法单独修改，文件未改动。请手动修改"
    case (.notPlain(let path), .en): "\(path) is no plain file, so nothing was written. Change it where it comes from"
    case (.notPlain(let path), .zh): "\(path) 不是普通文件，没有写入。请在其来源处修改"
    case (.linked(let path), .en):
      "\(path) has other names (hard links) that would not change with it, so nothing was written. Change it by hand"
    case (.linked(let path), .zh): "\(path) 另有硬链接，不会随之改变，没有写入。请手动修改"
    case (.changedMeanwhile(let path), .en):
      "\(path) was changed by another just now, so nothing was written. Press w again"
    case (.changedMeanwhile(let path), .zh): "\(path) 刚被其他程序改动，没有写入。请再按 w"
    case (.ofOthers(let path), .en):
      "owner and mode of \(path) could not be kept, so nothing was written. Its owner must change it"
    case (.ofOthers(let path), .zh): "无法保持 \(path) 的所有者和权限，没有写入。请由其所有者修改"
    case (.failed(let path, let code), .en): "\(path): \(String(cString: strerror(code)))"
    case (.failed(let path, let code), .zh): "\(path)：\(String(cString: strerror(code)))"
    }
  }
}
