import Dashboard

/// What is wrong with a file of the configuration, in both languages.
enum ConfigurationProblem: Error, Hashable, Sendable {
  case missing
  case noSuch(FileKind)
  case unreadable(FileKind, cause: String)
  /// A pipe or device that gave nothing for so many seconds.
  case silent(FileKind, seconds: Int)
  case tooLarge(FileKind)
  case notText(FileKind)
  case utf16(FileKind)
  /// It belongs to neither the user nor root, though wxtop would do what it says.
  case ofOthers(FileKind, path: String)
  case writableByOthers(FileKind, path: String)
  /// A secret, token or app ID, by its key where it has one, that cannot be one.
  case credential(String?, CredentialText.Flaw)
  /// YAML that its aliases make larger than it may be.
  case tooManyAliases
  /// A key that only the configuration may have, not what a command lists.
  case notListable(String, account: String, allowed: [String])
  /// An address that a command lists, and that the configuration does not have.
  case foreignAddress(String, account: String)
  /// An account that a command lists without an access token of its own.
  case noListedToken(account: String)
  /// Nothing of an account's name can be seen.
  case noVisibleName
  case empty(FileKind)
  case noCertificate
  /// Others may read a file that is a secret.
  case open(FileKind, path: String)
  /// Others may read the configuration, which holds a secret.
  case holdsSecret(path: String)
  case notYAML(String?)
  case repeatedKey(String)
  case unknownKey(String, allowed: [String])
  case noKeys(String)
  case badKey
  case notString(String)
  case notNumber(String, ClosedRange<Int>)
  case notChoice(String, [String])
  case notWords(String)
  /// `token` is neither one of the words nor long enough for a token. The value is not shown: it may be half a token.
  case notToken
  case noCredentials(account: String)
  case several(account: String, keys: [String])
  case needsSecret(account: String, token: String)
  case cloudWithSecret(account: String, key: String)
  case variableAlone
  /// An account of that name stands elsewhere too.
  case repeatedAccount(String)
  /// Two accounts have one app ID.
  case sameAccount(String, other: String)
  case notBool(String)
  case notSwitch(String)
  case notNumberOrOff(String, ClosedRange<Int>)
  case notTimeOrOff(String)
  case notSpan(String)
  case unknownAction(String)
  case unknownKeyName(String, action: String)
  case keyConflict(key: String, String, String)
  case noWayOut
  case noDateInMark(String)
  case noNameInMark
  case markEndsBeforeItBegins

  /// What a file is to wxtop.
  enum FileKind: Hashable, Sendable {
    case configuration, secretFile, tokenFile, certificates, marks, account, accountFolder, folder, program

    /// Whether wxtop does what the file says, so that nobody else may write it.
    var isObeyed: Bool { [.configuration, .account, .certificates].contains(self) }
  }

  /// The sentence behind file and line.
  func sentence(_ language: Language) -> String {
    switch language {
    case .en: english
    case .zh: chinese
    }
  }
}

extension ConfigurationProblem.FileKind {
  var english: String {
    switch self {
    case .configuration: "configuration"
    case .secretFile: "secret file"
    case .tokenFile: "token file"
    case .certificates: "file of certificates"
    case .marks: "marks file"
    case .account: "account file"
    case .accountFolder: "folder of account files"
    case .folder: "folder"
    case .program: "program"
    }
  }

  var chinese: String {
    switch self {
    case .configuration: "配置文件"
    case .secretFile: "密钥文件"
    case .tokenFile: "令牌文件"
    case .certificates: "证书文件"
    case .marks: "标记文件"
    case .account: "账号文件"
    case .accountFolder: "账号文件夹"
    case .folder: "文件夹"
    case .program: "程序"
    }
  }
}

extension ConfigurationProblem {
  /// Whether it may pass by itself, as while another program replaces a file.
  var passes: Bool {
    switch self {
    case .noSuch, .unreadable, .silent, .empty: true
    default: false
    }
  }
}
