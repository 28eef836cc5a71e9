extension Phrase {
  static let onlyAccount = said(en: "There is no other account in the configuration", zh: "配置中没有其他公众号")
}
