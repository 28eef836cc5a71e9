import Glibc
import WeixinModel

/// A folder of account files, `accounts.d/NAME.yaml`: each holds what stands below the account's name in the configuration. One
/// that is broken keeps no other from being used.
struct AccountFolder {
  let path: String

  /// The folder that was named, which must exist; else `accounts.d` beside the configuration, if there is one.
  init?(beside file: String, named: String?) throws(CommandFailure) {
    path = named ?? Self.usual(beside: file)
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      if named != nil { throw .configuration(file: path, line: nil, problem: .noSuch(.accountFolder)) }
      return nil
    }
    if let problem = FileRights.problem(ofFolder: path) {
      throw .configuration(file: path, line: nil, problem: problem)
    }
  }

  /// Where the folder is unless it is named.
  static func usual(beside file: String) -> String {
    (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + "accounts.d"
  }

  /// Adds the accounts to those of the configuration, by name.
  func read(into configuration: inout Configuration) throws(CommandFailure) {
    for file in try Self.files(in: path) {
      let name = String(file.prefix(upTo: file.lastIndex(of: ".") ?? file.endIndex)).asAccountName
      let isTaken = configuration.accounts.contains { $0.name == name }
      do throws(CommandFailure) {
        guard let name else { throw .configuration(file: path + "/" + file, line: nil, problem: .noVisibleName) }
        if isTaken { throw .configuration(file: path + "/" + file, line: nil, problem: .repeatedAccount(name)) }
        let entry = try ConfigurationReader(file: path + "/" + file).readAccount(name: name)
        configuration.accounts.append(configuration.completed(entry))
      } catch {
        // Under the file's name, so that a sound account of the same name goes on under its own.
        let shown = isTaken ? nil : name
        configuration.broken.append(BrokenAccount(name: shown ?? file.cleaned(limit: 60), failure: error))
      }
    }
    configuration.keepBrokenApart()
  }

  /// The names of the account files in a folder.
  static func files(in path: String) throws(CommandFailure) -> [String] {
    guard let folder = opendir(path) else {
      let cause = String(cString: strerror(errno))
      throw .configuration(file: path, line: nil, problem: .unreadable(.accountFolder, cause: cause))
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // A file that an editor is writing, or has left behind, is no account.
      guard !name.hasPrefix("."), name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
      names.append(name)
    }
    return names.sorted()
  }
}
