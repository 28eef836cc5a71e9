/// What a cell means; a palette says which colour that is. The front end never names a colour.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
  /// The terminal's own foreground or background.
  case standard
  /// Labels, units and everything that is read last.
  case muted
  /// The selection: the inspected hour, the shown day.
  case accent
  /// The background of the selection.
  case selection
  /// Something good: final data, a rise that is wanted.
  case good
  /// Something that wants attention.
  case warning
  /// Something failed.
  case failure
  /// The faint dots of the chart's grid.
  case grid
  /// Lines and small bars that carry no type: the speed strip and the day strip.
  case line
  /// The first series of a stacked chart, text.
  case series1
  /// The second series, image.
  case series2
  /// The third series, voice.
  case series3
  /// The fourth series, video.
  case series4
  /// The fifth series, link.
  case series5
  /// The sixth series, all other types.
  case series6
  /// The steps of a heatmap, the least first.
  case heat1
  /// The second step.
  case heat2
  /// The third step.
  case heat3
  /// The fourth step, the most.
  case heat4
  /// What was usual, or was on the compared day: marks beside the bars.
  case ghost
  /// The background of what lies over a view.
  case layer
  /// The accents that tell accounts apart.
  case account1, account2, account3, account4, account5, account6
}

/// How a cell is drawn: roles for both colours, and the weight of the text.
public struct Style: Hashable, Sendable {
  /// Attributes that work without colour.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Attributes from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Strong text: what is read first.
    public static let bold = Attributes(rawValue: 1)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 2)
    /// Underlined.
    public static let underline = Attributes(rawValue: 4)
    /// Faint, where the terminal has it.
    public static let dim = Attributes(rawValue: 8)
  }

  /// The role of the text's colour.
  public var foreground: Role
  /// The role of the background's colour.
  public var background: Role
  /// Attributes.
  public var attributes: Attributes

  /// A style.
  public init(_ foreground: Role = .standard, on background: Role = .standard, _ attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, normal weight.
  public static let standard = Style()
}

/// A colour as a terminal can be told it.
public enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminalDefault
  /// An index: 0…15 the terminal's own set, 16…255 xterm's cube and greys.
  case indexed(UInt8)
  /// Red, green and blue, for terminals of direct colour.
  case rgb(UInt8, UInt8, UInt8)
}

/// Which colour each role has. Kinds of terminal and tastes have palettes of their own.
public struct Palette: Hashable, Sendable {
  private var colors: [Color]
  private var attributes: [Style.Attributes]

  /// A palette in which every role is the terminal's default.
  public init() {
    colors = Array(repeating: .terminalDefault, count: Role.allCases.count)
    attributes = Array(repeating: [], count: Role.allCases.count)
  }

  /// The colour of a role.
  public subscript(role: Role) -> Color {
    get { colors[Int(role.rawValue)] }
    set { colors[Int(role.rawValue)] = newValue }
  }

  /// Attributes that a role adds to text where colour alone is not enough, such as reverse video without colours.
  public subscript(attributes role: Role) -> Style.Attributes {
    get { attributes[Int(role.rawValue)] }
    set { attributes[Int(role.rawValue)] = newValue }
  }

  /// A style in terms that a terminal has: two colours, and the attributes of the style and of both its roles.
  public func resolve(_ style: Style) -> (foreground: Color, background: Color, attributes: Style.Attributes) {
    (
      self[style.foreground], self[style.background],
      style.attributes.union(self[attributes: style.foreground])
        .union(style.background == .standard ? [] : self[attributes: style.background])
    )
  }
}
