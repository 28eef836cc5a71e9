import Dashboard
import DashboardRuntime
import Glibc
import Yams

/// Keeps settings in the configuration file: lines of their own at its top level, and not a byte of anything else is touched.
enum SettingsFile {
  static func keep(_ settings: [Setting], in path: String?) -> StatusFeed.FileOutcome {
    guard let path else { return .failed(.said(en: "this is a demo, which leaves nothing behind", zh: "演示模式不留下任何文件")) }
    do throws(CommandFailure) {
      let old = try TextFile.read(path, .configuration)?.text ?? ""
      let text = changed(old, settings)
      // What cannot be read back is not written, nor what would say anything else than was asked for.
      let reader = ConfigurationReader(file: path)
      _ = try reader.parse(text)
      guard rest(try reader.root(of: old), settings) == rest(try reader.root(of: text), settings) else {
        return .failed(
          .said(
            en: "\(path) is written in a form that can only be changed by hand",
            zh: "\(path) 的写法只能手动修改"))
      }
      return write(text, path)
    } catch {
      let sentence = { error.sentence($0)?.withoutFullStop ?? "" }
      return .failed(.said(en: sentence(.en), zh: sentence(.zh)))
    }
  }

  /// What a configuration says besides the settings.
  private static func rest(_ root: Node?, _ settings: [Setting]) -> [Node: Node] {
    let keys = Set(settings.map(\.key))
    let pairs = (root?.mapping).map(Array.init) ?? []
    return Dictionary(pairs.filter { !keys.contains($0.key.string ?? "") }.map { ($0.key, $0.value) }) { first, _ in
      first
    }
  }

  /// The text with other values for some keys. A line of the key keeps its place, its comment and its end; a new one comes first.
  static func changed(_ text: String, _ settings: [Setting]) -> String {
    // By bytes: to Swift a CR with its LF is one character, which is no LF.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = Array(text.utf8)
    let isMarked = bytes.starts(with: mark)
    var lines = bytes.dropFirst(isMarked ? mark.count : 0).split(separator: lineFeed, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let end = lines.count > 1 && lines[0].utf8.last == carriageReturn ? "\r" : ""
    var new: [String] = []
    for setting in settings {
      let place = lines.firstIndex { key(of: $0) == setting.key }
      let line = setting.value.map { "\(setting.key): \($0)" }
      switch (place, line) {
      case (let place?, let line?): lines[place] = line + comment(of: lines[place])
      case (let place?, nil): lines.remove(at: place)
      case (nil, let line?): new.append(line + end)
      case (nil, nil): break
      }
    }
    lines.insert(contentsOf: new, at: start(lines))
    let body = lines.map { Array($0.utf8) }.joined(separator: [lineFeed])
    return String(decoding: (isMarked ? mark : []) + body + (lines == new ? [lineFeed] : []), as: UTF8.self)
  }

  private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  /// The key at the top level with which a line begins, quoted or not.
  private static func key(of line: String) -> String? {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), let first = line.utf8.first,
      first != UInt8(ascii: " ")
    else { return nil }
    let name = String(line[..<colon]).withoutSpaceAround
    for quote in ["\"", "'"] where name.utf8.count > 1 && name.hasPrefix(quote) && name.hasSuffix(quote) {
      return String(name.dropFirst().dropLast())
    }
    return name
  }

  /// A blank and what follows it from a `#` on, with the line's CR.
  private static func comment(of line: String) -> String {
    let bytes = Array(line.utf8)
    let end = bytes.last == carriageReturn ? "\r" : ""
    guard
      let sign = bytes.indices.dropFirst().first(where: {
        bytes[$0] == UInt8(ascii: "#") && [UInt8(ascii: " "), UInt8(ascii: "\t")].contains(bytes[$0 - 1])
      })
    else { return end }
    return " " + String(decoding: bytes[sign...], as: UTF8.self)
  }

  /// Where the keys begin: behind directives and the mark of a document.
  private static func start(_ lines: [String]) -> Int {
    let mark = lines.firstIndex { $0.withoutSpaceAround == "---" }
    guard let mark, lines[..<mark].allSatisfy({ $0.isEmpty || $0 == "\r" || $0.hasPrefix("%") || $0.hasPrefix("#") })
    else { return 0 }
    return mark + 1
  }

  /// Writes beside the file and renames, so that nobody ever reads half of it. Mode and owner stay, and a link stays one.
  private static func write(_ text: String, _ path: String) -> StatusFeed.FileOutcome {
    let failed = {
      let reason = String(cString: strerror(errno))
      return StatusFeed.FileOutcome.failed(.said(en: "\(path): \(reason)", zh: "\(path)：\(reason)"))
    }
    makeFolders(of: path)
    let target = linked(path)
    var facts = stat()
    let exists = stat(target, &facts) == 0
    let beside = target + ".new-\(getpid())"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return failed() }
    let bytes = Array(text.utf8)
    let isWritten =
      Glibc.write(descriptor, bytes, bytes.count) == bytes.count
      && (!exists
        || fchown(descriptor, facts.st_uid, facts.st_gid) == 0 && fchmod(descriptor, facts.st_mode & 0o7777) == 0)
      && fsync(descriptor) == 0
    guard isWritten, rename(beside, target) == 0 else {
      let outcome = failed()
      close(descriptor)
      unlink(beside)
      return outcome
    }
    close(descriptor)
    return .written(path: path)
  }

  private static func makeFolders(of path: String) {
    for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o700) }
  }

  /// Where links lead, whether or not there is a file yet.
  private static func linked(_ path: String) -> String {
    if let pointer = realpath(path, nil) {
      defer { free(pointer) }
      return String(cString: pointer)
    }
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &target, target.count - 1)
    guard count > 0 else { return path }
    let name = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
  }
}
