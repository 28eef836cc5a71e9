import WeixinModel

/// Which share of the messages each type has: voice falls over the years, video and links rise.
struct TypeMix {
  /// The shares by type, in the order of Weixin's numbers; they add up to 1.
  let shares: [(MessageType, Double)]

  init(on day: BeijingDay) {
    let years = min(max(Double(day - .firstKept) / 365.25, 0), 15)
    let voice = max(0.05, 0.17 - 0.01 * years)
    let video = 0.02 + 0.005 * years
    let link = 0.03 + 0.0017 * years
    let image = 0.21 + 0.0035 * years
    shares = [
      (.text, 1 - voice - video - link - image), (.image, image), (.voice, voice), (.video, video), (.link, link),
    ]
  }
}
