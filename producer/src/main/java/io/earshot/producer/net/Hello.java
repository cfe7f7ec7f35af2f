package io.earshot.producer.net;

import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.stream.RawPcm;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a WebSocket may say before its sound, in one text message:
 *
 * <pre>
 * {"rate":48000,"channels":1,"encoding":"f32le"}
 * </pre>
 */
final class Hello {
  private static final int MAX_CHARS = 200;
  private static final Set<String> KEYS = Set.of("rate", "channels", "encoding");
  private static final Pattern OBJECT = Pattern.compile("\\s*\\{(.*)\\}\\s*", Pattern.DOTALL);
  private static final Pattern MEMBER =
      Pattern.compile(
          "\\G\\s*\"(\\w+)\"\\s*:\\s*(\"\\w*\"|\\d{1,7})\\s*(,(?=.)|$)", Pattern.DOTALL);

  private static final Pattern MISSING =
      Pattern.compile("\\s*\\{\\s*\"missing\"\\s*:\\s*(\\d{1,9})\\s*\\}\\s*");

  private Hello() {}

  /**
   * What may be said between sounds: so many frames of the sender's are missing there.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static long missing(String text) {
    Matcher missing = MISSING.matcher(text.substring(0, Math.min(text.length(), MAX_CHARS)));
    if (!missing.matches()) {
      throw new IllegalArgumentException(
          "text is allowed before the sound, once, and {\"missing\":FRAMES} after it");
    }
    return Long.parseLong(missing.group(1));
  }

  /**
   * Reads it: each of the three once, nothing else.
   *
   * @throws IllegalArgumentException if it is anything else; the message says what is allowed
   */
  static RawPcm parse(String text) {
    Matcher object = OBJECT.matcher(text);
    if (text.length() > MAX_CHARS || !object.matches()) {
      throw refused();
    }
    Map<String, String> members = members(object.group(1));
    if (!members.keySet().equals(KEYS) || !members.get("encoding").startsWith("\"")) {
      throw refused();
    }
    return new RawPcm(
        new AudioShape(number(members.get("rate")), number(members.get("channels"))),
        RawEncoding.of(members.get("encoding").replace("\"", "")));
  }

  private static Map<String, String> members(String text) {
    Map<String, String> members = new HashMap<>();
    Matcher member = MEMBER.matcher(text);
    int end = 0;
    while (member.find()) {
      if (members.put(member.group(1), member.group(2)) != null) {
        throw refused();
      }
      end = member.end();
    }
    if (end != text.length()) {
      throw refused();
    }
    return members;
  }

  private static int number(String text) {
    if (text.startsWith("\"")) {
      throw refused();
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "allowed: {\"rate\":48000,\"channels\":1,\"encoding\":\"f32le\"}, then sound");
  }
}
