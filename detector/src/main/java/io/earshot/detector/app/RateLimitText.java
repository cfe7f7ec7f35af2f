package io.earshot.detector.app;

import io.earshot.detector.alert.RateLimit;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rate limits as people write them: {@code 10 per 1m}, {@code 1 per 5m per stream}. */
final class RateLimitText {
  static final String FORM =
      "a number up to 1000 per duration, such as 10 per 1m, 1 per 5m per stream or 1 per 1h per label";

  private static final Pattern TEXT =
      Pattern.compile(
          "([1-9]\\d{0,2}|1000) per (\\d{1,9} ?(?:ms|s|m|h|d))(?: per (stream|label))?");

  private RateLimitText() {}

  static boolean isValid(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    return matcher.matches() && !DurationText.parse(matcher.group(2)).isZero();
  }

  /**
   * @param text a valid one; null for no limit
   */
  static RateLimit parse(String text) {
    if (text == null) {
      return RateLimit.NONE;
    }
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(FORM);
    }
    Duration within = DurationText.parse(matcher.group(2));
    String per = matcher.group(3) == null ? "all" : matcher.group(3);
    return new RateLimit(
        Integer.parseInt(matcher.group(1)),
        within,
        RateLimit.Per.valueOf(per.toUpperCase(Locale.ROOT)));
  }
}
