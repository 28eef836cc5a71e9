import Dashboard
import DashboardRuntime
import Glibc

/// Keeps settings in the configuration file: lines of their own at its top level, and nothing else of it is touched.
enum SettingsFile {
  static func keep(_ settings: [Setting], in path: String?) -> StatusFeed.FileOutcome {
    guard let path else { return .failed(.said(en: "this is a demo, which leaves nothing behind", zh: "演示模式不留下任何文件")) }
    do throws(CommandFailure) {
      let file = try TextFile.read(path, .configuration)
      let text = changed(file?.text ?? "", settings)
      // What cannot be read back is not written.
      _ = try ConfigurationReader(file: path).parse(text)
      return try write(text, path, isOpenToOthers: file?.isOpenToOthers ?? false)
    } catch {
      let sentence = { error.sentence($0)?.withoutFullStop ?? "" }
      return .failed(.said(en: sentence(.en), zh: sentence(.zh)))
    }
  }

  /// The text with other values for some keys. A line of the key keeps its place; a new one comes first.
  static func changed(_ text: String, _ settings: [Setting]) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var new: [String] = []
    for setting in settings {
      let place = lines.firstIndex { line in
        line.hasPrefix(setting.key) && line.dropFirst(setting.key.count).drop { $0 == " " }.first == ":"
      }
      let line = setting.value.map { "\(setting.key): \($0)" }
      switch (place, line) {
      case (let place?, let line?):
        let comment = lines[place].firstIndex(of: "#").map { " " + lines[place][$0...] } ?? ""
        lines[place] = line + comment
      case (let place?, nil): lines.remove(at: place)
      case (nil, let line?): new.append(line)
      case (nil, nil): break
      }
    }
    return (new + lines).joined(separator: "\n") + (lines.isEmpty ? "\n" : "")
  }

  /// Writes beside the file and renames, so that nobody ever reads half of it.
  private static func write(
    _ text: String, _ path: String, isOpenToOthers: Bool
  ) throws(CommandFailure) -> StatusFeed.FileOutcome {
    let failed = {
      let reason = String(cString: strerror(errno))
      return StatusFeed.FileOutcome.failed(.said(en: "\(path): \(reason)", zh: "\(path)：\(reason)"))
    }
    if let slash = path.lastIndex(of: "/") {
      var folder = ""
      for part in path[..<slash].split(separator: "/") {
        folder += "/" + part
        mkdir(folder, 0o700)
      }
    }
    // A file that is a link stays one.
    let target =
      realpath(path, nil).map { pointer in
        defer { free(pointer) }
        return String(cString: pointer)
      } ?? path
    let beside = target + ".new-\(getpid())"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isOpenToOthers ? 0o644 : 0o600)
    guard descriptor >= 0 else { return failed() }
    let bytes = Array(text.utf8)
    let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, rename(beside, target) == 0 else {
      let outcome = failed()
      unlink(beside)
      return outcome
    }
    return .written(path: path)
  }
}
