import Dashboard
import Yams

/// The bytes of a configuration, of which one line changes: line ends, comments, blanks and quotation marks of all others stay. What
/// comes out is read again, and must say the same in all but the one key.
struct SettingsText {
  private(set) var bytes: [UInt8]
  private let file: String

  /// Why nothing was changed.
  enum Refusal: Error {
    /// It could not be read.
    case unreadable(CommandFailure)
    /// The key, or the whole file, is written in a way in which no single line can be changed.
    case notALine(key: String)
  }

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// Gives a key at the top another value, or none.
  mutating func set(_ setting: Setting) throws(Refusal) {
    let before = try root(bytes)
    if before != nil, before?.mapping == nil { throw .notALine(key: setting.key) }
    let changed = try changed(setting, before)
    do throws(Refusal) {
      let after = try root(changed)
      let value = after?.mapping?.first { $0.key.scalar?.string == setting.key }?.value
      // What stood behind a key that is gone may be left as a text of its own.
      let isConfiguration = after == nil || after?.mapping != nil
      if isConfiguration, Self.others(before, setting.key) == Self.others(after, setting.key),
        value?.scalar?.string == setting.value
      {
        bytes = changed
        return
      }
    } catch {
      // What cannot be read is not written; the sentence is of what was there.
    }
    throw .notALine(key: setting.key)
  }

  private func changed(_ setting: Setting, _ root: Node?) throws(Refusal) -> [UInt8] {
    let lines = Self.lines(of: bytes)
    let key = root?.mapping?.first { $0.key.scalar?.string == setting.key }?.key
    guard let key else { return setting.value.map { inserted("\(setting.key): \($0)", root, lines) } ?? bytes }
    guard let number = key.mark?.line, lines.indices.contains(number - 1),
      let place = Self.value(in: bytes, lines[number - 1])
    else { throw .notALine(key: setting.key) }
    var changed = bytes
    var start = lines[number - 1].lowerBound
    // A byte order mark is of the file, not of its first line.
    if start == 0, bytes.starts(with: PlainText.byteOrderMark) { start = PlainText.byteOrderMark.count }
    if let value = setting.value {
      changed.replaceSubrange(place.value, with: Array(((place.value.isEmpty ? " " : "") + value).utf8))
    } else if let comment = place.comment {
      changed.removeSubrange(start..<comment)
    } else {
      changed.removeSubrange(start..<lines[number - 1].upperBound)
    }
    return changed
  }

  /// The bytes with a line more, before all others but those that begin the document, and as far indented as they.
  private func inserted(_ line: String, _ root: Node?, _ lines: [Range<Int>]) -> [UInt8] {
    var place = bytes.starts(with: PlainText.byteOrderMark) ? PlainText.byteOrderMark.count : 0
    for line in lines {
      let content = bytes[max(line.lowerBound, place)..<line.upperBound]
      if Self.beginsDocument(content) { place = line.upperBound }
      guard Self.beginsDocument(content) || content.first == UInt8(ascii: "%") || Self.isNothing(content) else { break }
    }
    let first = root?.mapping?.first?.key.mark.flatMap {
      lines.indices.contains($0.line - 1) ? lines[$0.line - 1] : nil
    }
    let indent = first.map { bytes[max($0.lowerBound, place)..<max($0.upperBound, place)].prefix { $0 == 0x20 }.count }
    let end = Self.end(of: bytes)
    var new = [UInt8](repeating: 0x20, count: indent ?? 0) + Array(line.utf8) + end
    // The line before may be the last one, and lack its end.
    if place > 0, place == bytes.count, ![0x0A, 0x0D].contains(bytes[place - 1]), bytes != PlainText.byteOrderMark {
      new = end + new
    }
    return Array(bytes[..<place]) + new + Array(bytes[place...])
  }

  private func root(_ bytes: [UInt8]) throws(Refusal) -> Node? {
    do throws(CommandFailure) {
      let reader = ConfigurationReader(file: file)
      let text = try? PlainText.decoded(bytes)
      guard let text else { throw reader.problem(nil, .notText(.configuration)) }
      let root = try reader.root(of: text)
      return root?.null == nil ? root : nil
    } catch {
      throw .unreadable(error)
    }
  }

  private static func others(_ root: Node?, _ key: String) -> [Node: Node] {
    var others: [Node: Node] = [:]
    for pair in root?.mapping ?? [:] where pair.key.scalar?.string != key { others[pair.key] = pair.value }
    return others
  }

  private static let ends: [[UInt8]] = [
    [0x0D, 0x0A], [0x0A], [0x0D], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9],
  ]

  /// The lines with their ends, as YAML counts them: NEL, LS and PS end one too.
  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var (start, place) = (0, 0)
    while place < bytes.count {
      let length = ends.first { bytes[place...].starts(with: $0) }?.count ?? 0
      place += max(1, length)
      if length > 0 {
        lines.append(start..<place)
        start = place
      }
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    return lines
  }

  /// Where the value of the line's key stands, and the comment behind it.
  private static func value(in bytes: [UInt8], _ line: Range<Int>) -> (value: Range<Int>, comment: Int?)? {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var content = bytes[line]
    if let end = ends.first(where: { content.suffix($0.count).elementsEqual($0) }) { content.removeLast(end.count) }
    if content.starts(with: PlainText.byteOrderMark) { content = content.dropFirst(PlainText.byteOrderMark.count) }
    content = content.drop(while: isBlank)
    guard let afterKey = afterWord(content) else { return nil }
    let colon = content[afterKey...].drop(while: isBlank)
    guard colon.first == UInt8(ascii: ":") else { return nil }
    let value = colon.dropFirst().drop(while: isBlank)
    // A comment begins with a sign that has a blank before it.
    func comment(from place: Int) -> Int? {
      content[place...].indices.first {
        content[$0] == UInt8(ascii: "#") && isBlank(content[content.index(before: $0)])
      }
    }
    if value.isEmpty || value.first == UInt8(ascii: "#") {
      return (colon.startIndex + 1..<colon.startIndex + 1, value.isEmpty ? nil : value.startIndex)
    }
    let isQuoted = value.first.map { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") } ?? false
    guard let end = isQuoted ? afterWord(value) : value.endIndex else { return nil }
    let sign = comment(from: isQuoted ? end : value.startIndex)
    var found = value[..<(sign ?? (isQuoted ? end : value.endIndex))]
    while let last = found.last, isBlank(last) { found.removeLast() }
    return (found.startIndex..<found.endIndex, sign)
  }

  /// Behind a key or a quoted text at the beginning.
  private static func afterWord(_ content: ArraySlice<UInt8>) -> Int? {
    guard let first = content.first else { return nil }
    if first == UInt8(ascii: "'") {
      var place = content.startIndex + 1
      while place < content.endIndex {
        if content[place] != first {
          place += 1
        } else if place + 1 < content.endIndex, content[place + 1] == first {
          place += 2
        } else {
          return place + 1
        }
      }
      return nil
    }
    if first == UInt8(ascii: "\"") {
      var place = content.startIndex + 1
      while place < content.endIndex {
        if content[place] == first { return place + 1 }
        place += content[place] == UInt8(ascii: "\\") ? 2 : 1
      }
      return nil
    }
    return content.firstIndex { $0 == UInt8(ascii: ":") || $0 == 0x20 || $0 == 0x09 }
  }

  private static func beginsDocument(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: Array("---".utf8)) && isNothing(line.dropFirst(3))
      && (line.count == 3 || [0x20, 0x09, 0x0A, 0x0D].contains(line[line.startIndex + 3]))
  }

  /// Whether a line is empty or a comment.
  private static func isNothing(_ line: ArraySlice<UInt8>) -> Bool {
    let content = line.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return content.isEmpty || content.first == UInt8(ascii: "#")
  }

  /// As the first line ends.
  private static func end(of bytes: [UInt8]) -> [UInt8] {
    guard let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return [0x0A] }
    return bytes[end] == 0x0A ? [0x0A] : bytes[end...].starts(with: [0x0D, 0x0A]) ? [0x0D, 0x0A] : [0x0D]
  }
}
