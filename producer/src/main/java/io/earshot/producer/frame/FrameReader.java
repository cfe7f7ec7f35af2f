package io.earshot.producer.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.earshot.producer.frame.BadFrameException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.header.Headers;

/** Checks a record against the contract of {@code earshot.frames}, cheapest checks first. */
final class FrameReader {
  private static final byte[] NO_BYTES = {};

  private FrameReader() {}

  static Frame read(byte[] key, byte[] value, Headers headers, long timestamp)
      throws BadFrameException {
    String stream = stream(key);
    byte[] pcm = value == null ? NO_BYTES : value;
    checkTime(timestamp);
    requireIfPresent(headers, Frame.Header.RATE, "16000", Reason.BAD_RATE);
    requireIfPresent(headers, Frame.Header.CHANNELS, "1", Reason.BAD_CHANNELS);
    Encoding encoding = encoding(headers);
    String session = session(headers);
    long seq = seq(headers);
    boolean end = requireIfPresent(headers, Frame.Header.END, "1", Reason.BAD_END);
    checkSamples(pcm, encoding, end);
    return new Frame(stream, session, seq, timestamp, encoding, pcm, end);
  }

  private static String stream(byte[] key) throws BadFrameException {
    // Latin-1 keeps every byte above ASCII a character that no id may hold.
    String stream = key == null ? null : new String(key, ISO_8859_1);
    if (!StreamId.isValid(stream)) {
      String allowed = "1 to " + StreamId.MAX_LENGTH + " of " + StreamId.ALLOWED;
      throw bad(Reason.BAD_KEY, "key", stream == null ? "absent" : stream, allowed);
    }
    return stream;
  }

  private static Encoding encoding(Headers headers) throws BadFrameException {
    String name = header(headers, Frame.Header.ENCODING);
    if (name == null) {
      return Encoding.S16LE;
    }
    for (Encoding encoding : Encoding.values()) {
      if (encoding.headerName().equals(name)) {
        return encoding;
      }
    }
    throw bad(Reason.BAD_ENCODING, "header encoding", name, "s16le, f32le");
  }

  private static String session(Headers headers) throws BadFrameException {
    String session = header(headers, Frame.Header.SESSION);
    if (session == null) {
      return "";
    }
    if (!StreamId.isValid(session, StreamId.MAX_SESSION_LENGTH)) {
      String allowed = "1 to " + StreamId.MAX_SESSION_LENGTH + " of " + StreamId.ALLOWED;
      throw bad(Reason.BAD_SESSION, "header session", session, allowed);
    }
    return session;
  }

  private static long seq(Headers headers) throws BadFrameException {
    String seq = header(headers, Frame.Header.SEQ);
    if (seq == null) {
      return -1;
    }
    // Digits only: Long.parseLong alone would take "+5".
    if (seq.matches("[0-9]{1,19}")) {
      try {
        return Long.parseLong(seq);
      } catch (NumberFormatException tooLarge) {
        // falls through to the refusal
      }
    }
    throw bad(Reason.BAD_SEQ, "header seq", seq, "a whole number from 0 to " + Long.MAX_VALUE);
  }

  private static void checkTime(long timestamp) throws BadFrameException {
    if (timestamp < 0 || timestamp > Frame.MAX_CAPTURE_MILLIS) {
      String allowed = "milliseconds since 1970, from 0 to the year 9998";
      throw bad(Reason.BAD_TIMESTAMP, "timestamp", timestamp, allowed);
    }
  }

  private static void checkSamples(byte[] pcm, Encoding encoding, boolean end)
      throws BadFrameException {
    if (pcm.length == 0 && !end) {
      throw bad(Reason.EMPTY, "value", "empty", "at least one sample unless header end is 1");
    }
    if (pcm.length / encoding.bytesPerSample() > Frame.MAX_SAMPLES) {
      String allowed = "at most " + Frame.MAX_SAMPLES + " samples, 10 s";
      throw bad(Reason.TOO_LONG, "value", pcm.length + " bytes", allowed);
    }
    if (pcm.length % encoding.bytesPerSample() != 0) {
      String allowed = "whole samples of " + encoding.bytesPerSample() + " bytes";
      throw bad(Reason.ODD_LENGTH, "value", pcm.length + " bytes", allowed);
    }
    if (encoding == Encoding.F32LE) {
      checkFloats(ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  private static void checkFloats(ByteBuffer samples) throws BadFrameException {
    while (samples.hasRemaining()) {
      float sample = samples.getFloat();
      if (!Float.isFinite(sample)) {
        throw bad(Reason.NOT_FINITE, "value", sample, "finite samples, full scale at 1");
      }
      if (Math.abs(sample) > Frame.MAX_LEVEL) {
        String allowed = "samples of -1000000 to 1000000, full scale at 1";
        throw bad(Reason.OUT_OF_RANGE, "value", sample, allowed);
      }
    }
  }

  /** Whether the header is there; if so it must have that value. */
  private static boolean requireIfPresent(
      Headers headers, String name, String required, Reason reason) throws BadFrameException {
    String value = header(headers, name);
    if (value != null && !value.equals(required)) {
      throw bad(reason, "header " + name, value, required);
    }
    return value != null;
  }

  private static String header(Headers headers, String name) {
    org.apache.kafka.common.header.Header header = headers.lastHeader(name);
    if (header == null) {
      return null;
    }
    return header.value() == null ? "" : new String(header.value(), ISO_8859_1);
  }

  private static BadFrameException bad(Reason reason, String what, Object found, String allowed) {
    String shown = printable(found.toString());
    return new BadFrameException(
        reason, "%s: %s is '%s', allowed: %s".formatted(reason.code(), what, shown, allowed));
  }

  /** One line, of a length that fits a log, whatever came in. */
  private static String printable(String text) {
    String cut = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
