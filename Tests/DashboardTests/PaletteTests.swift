import Dashboard
import Glibc
import TerminalScreen
import Testing

/// The series' colours stay apart, also to eyes without red, green or blue cones, and stand out from the background.
@Suite struct PaletteTests {
  static let series: [Role] = [.series1, .series2, .series3, .series4, .series5, .series6]

  @Test(arguments: Theme.allCases)
  func `the series' colours differ for every kind of eyesight`(theme: Theme) throws {
    let colors = try Self.colors(theme)
    for sight in Sight.allCases {
      let labs = colors.map { sight.see($0).lab }
      for left in labs.indices {
        for right in labs.indices where right > left {
          let distance = labs[left].distance(to: labs[right])
          #expect(distance >= (right == left + 1 ? 40 : 28), "\(theme), \(sight): \(left + 1) and \(right + 1)")
        }
      }
    }
  }

  @Test(arguments: Theme.allCases)
  func `the series stand out from the background`(theme: Theme) throws {
    let background = theme == .dark ? RGB(red: 0, green: 0, blue: 0) : RGB(red: 1, green: 1, blue: 1)
    for color in try Self.colors(theme) { #expect(color.contrast(to: background) >= 3.3) }
  }

  static let heat: [Role] = [.heat1, .heat2, .heat3, .heat4]

  @Test(arguments: Theme.allCases, [8, 16, 256])
  func `heatmap steps rise in contrast to the background`(theme: Theme, colors: Int) throws {
    let palette = theme.palette(colors: colors)
    let steps = try Self.heat.map { role in
      guard case .indexed(let index) = palette[role] else { throw Missing() }
      return RGB(xterm: Int(index)).lab
    }
    // Away from the background: lighter on a dark one, darker on a light one.
    let sign = theme == .dark ? 1.0 : -1.0
    let gap = colors >= 256 ? 12.0 : 6
    for (lower, upper) in zip(steps, steps.dropFirst()) { #expect((upper.l - lower.l) * sign >= gap) }
    let background = RGB(xterm: theme == .dark ? 16 : 231).lab
    #expect(steps[0].distance(to: background) >= 20)
  }

  @Test(arguments: Theme.allCases)
  func `text on every heatmap step is readable`(theme: Theme) throws {
    let palette = theme.palette(colors: 256)
    let (paper, ink) = theme == .dark ? (RGB(xterm: 16), RGB(xterm: 231)) : (RGB(xterm: 231), RGB(xterm: 16))
    for (index, role) in Self.heat.enumerated() {
      guard case .indexed(let color) = palette[role] else { throw Missing() }
      #expect(RGB(xterm: Int(color)).contrast(to: index < 2 ? ink : paper) >= 4.3)
    }
  }

  @Test(arguments: Theme.allCases)
  func `heatmap steps are not mistaken for series`(theme: Theme) throws {
    let palette = theme.palette(colors: 256)
    for role in Self.heat {
      guard case .indexed(let index) = palette[role] else { throw Missing() }
      for series in try Self.colors(theme) {
        #expect(RGB(xterm: Int(index)).lab.distance(to: series.lab) >= 14, "\(theme) \(role)")
      }
    }
  }

  static let accents: [Role] = [.account1, .account2, .account3, .account4, .account5, .account6]

  @Test(arguments: Theme.allCases)
  func `account colours differ for every kind of eyesight and from data`(theme: Theme) throws {
    let palette = theme.palette(colors: 256)
    let colors = try Self.accents.map { role in
      guard case .indexed(let index) = palette[role] else { throw Missing() }
      return RGB(xterm: Int(index))
    }
    let background = RGB(xterm: theme == .dark ? 16 : 231)
    for (index, color) in colors.enumerated() {
      #expect(color.contrast(to: background) >= 3, "\(index)")
      for series in try Self.colors(theme) { #expect(color.lab.distance(to: series.lab) >= 16, "\(index)") }
      for sight in Sight.allCases {
        for other in colors[(index + 1)...] {
          #expect(sight.see(color).lab.distance(to: sight.see(other).lab) >= 24, "\(theme), \(sight): \(index)")
        }
      }
    }
    for colors in [8, 16] {
      #expect(Set(Self.accents.map { theme.palette(colors: colors)[$0] }).count == Self.accents.count)
    }
  }

  @Test(arguments: Theme.allCases)
  func `every role of views and layers has a colour`(theme: Theme) {
    for colors in [8, 16, 256] {
      let palette = theme.palette(colors: colors)
      for role in Self.heat + [.ghost, .layer] { #expect(palette[role] != .terminalDefault) }
    }
  }

  @Test(arguments: Theme.allCases)
  func `direct colours match the indexed ones and need no table`(theme: Theme) {
    let (table, direct) = (theme.palette(colors: 256), theme.palette(colors: 1 << 24))
    for role in Role.allCases {
      guard case .indexed = table[role] else { continue }
      guard case .rgb = direct[role], let color = direct[role].components, let other = table[role].components else {
        Issue.record("\(role) depends on the terminal's table")
        continue
      }
      let distance = abs(color.red - other.red) + abs(color.green - other.green) + abs(color.blue - other.blue)
      #expect(distance <= ((Self.series + Self.heat + Self.accents).contains(role) ? 0 : 120), "\(role)")
    }
  }

  @Test func `without colours, reverse video marks selection and failure`() {
    let palette = Theme.dark.palette(colors: 0)
    #expect(palette.resolve(Style(.accent, on: .selection)).attributes.contains(.reverse))
    #expect(palette.resolve(Style(.failure)).attributes.contains(.reverse))
    for role in Role.allCases { #expect(palette[role] == .terminalDefault) }
  }

  @Test(arguments: Theme.allCases, [8, 16])
  func `palettes of 8 and 16 colours use no others`(theme: Theme, colors: Int) {
    let palette = theme.palette(colors: colors)
    for role in Role.allCases {
      if case .indexed(let index) = palette[role] { #expect(Int(index) < colors) }
    }
  }

  private static func colors(_ theme: Theme) throws -> [RGB] {
    let palette = theme.palette(colors: 256)
    return try series.map { role in
      guard case .indexed(let index) = palette[role] else { throw Missing() }
      return RGB(xterm: Int(index))
    }
  }

  private struct Missing: Error {}
}

/// Linear light, 0…1.
private struct RGB {
  var red: Double
  var green: Double
  var blue: Double

  /// A colour of xterm's own (0…15), its cube (16…231) or its greys (232…255).
  init(xterm index: Int) {
    let steps = [0, 95, 135, 175, 215, 255]
    let offset = index - 16
    let basic = Color.indexed(UInt8(index)).components.map { [$0.red, $0.green, $0.blue] } ?? []
    let levels =
      index < 16
      ? basic
      : index < 232
        ? [steps[offset / 36], steps[offset / 6 % 6], steps[offset % 6]]
        : Array(repeating: 8 + 10 * (index - 232), count: 3)
    let linear = levels.map { level -> Double in
      let value = Double(level) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    (red, green, blue) = (linear[0], linear[1], linear[2])
  }

  init(red: Double, green: Double, blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  func contrast(to other: RGB) -> Double {
    let (dark, light) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)
  }

  private var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  /// CIE 1976 L*a*b* under D65.
  var lab: Lab {
    func f(_ value: Double) -> Double { value > 0.008856 ? pow(value, 1 / 3) : 7.787 * value + 16 / 116 }
    let x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    let y = f(luminance)
    let z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return Lab(l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
  }
}

private struct Lab {
  var l, a, b: Double

  func distance(to other: Lab) -> Double {
    let (dl, da, db) = (l - other.l, a - other.a, b - other.b)
    return (dl * dl + da * da + db * db).squareRoot()
  }
}

/// Normal sight and the three kinds of colour blindness (Machado et al. 2009, severity 1).
private enum Sight: CaseIterable {
  case normal, protan, deutan, tritan

  private var matrix: [Double] {
    switch self {
    case .normal: [1, 0, 0, 0, 1, 0, 0, 0, 1]
    case .protan:
      [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]
    case .deutan:
      [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]
    case .tritan:
      [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]
    }
  }

  func see(_ color: RGB) -> RGB {
    let m = matrix
    func mix(_ row: Int) -> Double {
      min(1, max(0, m[row] * color.red + m[row + 1] * color.green + m[row + 2] * color.blue))
    }
    return RGB(red: mix(0), green: mix(3), blue: mix(6))
  }
}
