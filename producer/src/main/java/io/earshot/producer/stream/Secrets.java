package io.earshot.producer.stream;

import java.util.regex.Pattern;

/**
 * What of a source's address nobody else may read.
 *
 * <pre>
 * Secrets.hide("rtsp://user:secret@camera/1: timed out");  // rtsp://...@camera/1: timed out
 * Secrets.hide("http://radio/live?token=secret");          // http://radio/live?token=...
 * </pre>
 *
 * <p>Where a password holds signs that an address may not, more is hidden than need be.
 */
public final class Secrets {
  /** Up to the last @ of the host's part, or of all where a colon stands before no port. */
  private static final Pattern USER =
      Pattern.compile("(?<=://)(?:[^/?#\\s]*@|[^/?#\\s:]*:(?!\\d{1,5}(?:[/?#\\s]|$))\\S*@)");

  private static final Pattern VALUE =
      Pattern.compile(
          "(?i)(?<=[?&])([\\w-]*(?:token|key|pass|passwd|password|pwd|secret|sig|signature|auth)=)"
              + "[^&#\\s]*");

  private Secrets() {}

  /** An address or a message, without names, passwords and tokens in any address. */
  public static String hide(String text) {
    String withoutUsers = USER.matcher(text).replaceAll("...@");
    return VALUE.matcher(withoutUsers).replaceAll("$1...");
  }
}
