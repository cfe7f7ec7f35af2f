package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import io.earshot.producer.frame.StreamId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of patches and scores, ASCII.
 *
 * <table>
 * <caption>Of a segment</caption>
 * <tr><td>{@code session}</td><td>the run that it belongs to, a stream id's characters</td></tr>
 * <tr><td>{@code index}</td><td>its number in the run, from 0</td></tr>
 * <tr><td>{@code start}</td><td>capture time of its first sample, microseconds since 1970</td></tr>
 * <tr><td>{@code coverage}</td><td>share of it that was really heard, 0 to 1</td></tr>
 * <tr><td>{@code rms_dbfs}</td><td>its level, dB relative to full scale</td></tr>
 * <tr><td>{@code envelope}</td><td>the levels of its 24 steps of 40 ms, two hexadecimal digits each:
 * half decibels below full scale, {@code 00} to {@code fe}, which stands for silence and for what
 * is missing. It may be absent</td></tr>
 * <tr><td>{@code hop_ms}, {@code log_offset}</td><td>how it was cut and its patch computed: {@link
 * OriginHeaders}. They may be absent</td></tr>
 * <tr><td>{@code model}</td><td>of scores: name and version of the model</td></tr>
 * </table>
 *
 * <p>A record with the header {@code end} and an empty value says that its stream has ended: it
 * follows the stream's last patch, and its last score, through every stage.
 *
 * <p>Scores with the header {@code unscored} and an empty value say that the segment is there and
 * that the network did not hear it: {@code shed} in an overload, or {@code failed}.
 */
public final class SegmentHeaders {
  public static final String MODEL = "model";

  /** Why a segment is unscored: there were too many. */
  public static final String SHED = "shed";

  /** Why a segment is unscored: the network failed on its patch. */
  public static final String FAILED = "failed";

  private static final String SESSION = "session";
  private static final String INDEX = "index";
  private static final String START = "start";
  private static final String COVERAGE = "coverage";
  private static final String RMS = "rms_dbfs";
  private static final String ENVELOPE = "envelope";
  private static final String END = "end";
  private static final String UNSCORED = "unscored";
  private static final byte[] YES = ascii("1");
  private static final byte[] SILENT = ascii("silent");

  /** Events tell times with four digits of year. */
  private static final long FIRST_MICROS = -62_167_219_200_000_000L;

  private static final long LAST_MICROS = 253_402_300_700_000_000L;

  /** Floats a million times full scale have 120. */
  private static final double MAX_DBFS = 1_000;

  private static final int SHOWN = 80;

  private SegmentHeaders() {}

  static Headers of(Segment segment) {
    Headers headers =
        new RecordHeaders()
            .add(SESSION, ascii(segment.session()))
            .add(INDEX, ascii(Long.toString(segment.index())))
            .add(START, ascii(Long.toString(segment.startMicros())))
            .add(COVERAGE, ascii(decimal(segment.coverage(), 4)))
            .add(RMS, ascii(decimal(segment.rmsDbfs(), 2)));
    return segment.envelope() == null
        ? headers
        : headers.add(ENVELOPE, ascii(segment.envelope().toString()));
  }

  /** As {@code %.4f} writes it, in a tenth of the time. */
  private static String decimal(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  static Headers end(String session) {
    return new RecordHeaders().add(SESSION, ascii(session)).add(END, YES);
  }

  /** The end of a stream that has fallen silent; it may come back. */
  static Headers silence(String session) {
    return new RecordHeaders().add(SESSION, ascii(session)).add(END, SILENT);
  }

  public static boolean isEnd(Headers headers) {
    return headers.lastHeader(END) != null;
  }

  public static boolean isUnscored(Headers headers) {
    return headers.lastHeader(UNSCORED) != null;
  }

  /**
   * Says that there are no scores.
   *
   * @param reason {@link #SHED} or {@link #FAILED}
   */
  public static void markUnscored(Headers headers, String reason) {
    headers.add(UNSCORED, ascii(reason));
  }

  /** Whether it is an end because the stream has fallen silent, and not by its own word. */
  public static boolean isSilence(Headers headers) {
    Header end = headers.lastHeader(END);
    return end != null && Arrays.equals(end.value(), SILENT);
  }

  /**
   * The stream that a record's key names.
   *
   * @throws IllegalArgumentException if it is missing or no stream id
   */
  public static String stream(byte[] key) {
    if (key == null) {
      throw new IllegalArgumentException("key is missing");
    }
    // Latin-1 keeps every byte above ASCII a character that no id may hold.
    String stream = new String(key, ISO_8859_1);
    if (!StreamId.isValid(stream)) {
      throw new IllegalArgumentException("key is no stream id: " + printable(stream));
    }
    return stream;
  }

  /**
   * The run that a segment or an end belongs to.
   *
   * @throws IllegalArgumentException if there is no such header, or none that a run can have
   */
  public static String session(Headers headers) {
    String session = text(headers, SESSION);
    // A stream without sessions may end before it has a run.
    if (!session.isEmpty() && !StreamId.isValid(session)) {
      throw new IllegalArgumentException("header session is no run: " + printable(session));
    }
    return session;
  }

  /**
   * Reads them back.
   *
   * @throws IllegalArgumentException one line that names the header that is missing or wrong
   */
  public static Segment read(Headers headers) {
    return new Segment(
        session(headers),
        wholeNumber(headers, INDEX, 0, Long.MAX_VALUE),
        wholeNumber(headers, START, FIRST_MICROS, LAST_MICROS),
        number(headers, COVERAGE, 0, 1),
        number(headers, RMS, -MAX_DBFS, MAX_DBFS),
        envelope(headers));
  }

  /** Null if there is none: an older detector, or a stranger. */
  private static Envelope envelope(Headers headers) {
    if (headers.lastHeader(ENVELOPE) == null) {
      return null;
    }
    String text = text(headers, ENVELOPE);
    try {
      return Envelope.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "header envelope is %s: %s".formatted(e.getMessage(), printable(text)), e);
    }
  }

  /**
   * The text of one header.
   *
   * @throws IllegalArgumentException if there is no such header
   */
  public static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return new String(header.value(), US_ASCII);
  }

  /** One line, of a length that fits a log, whatever came in. */
  public static String printable(String text) {
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }

  static long wholeNumber(Headers headers, String name, long least, long most) {
    String text = text(headers, name);
    try {
      long number = Long.parseLong(text);
      check(name, text, number >= least && number <= most);
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "header " + name + " is no whole number: " + printable(text), e);
    }
  }

  static double number(Headers headers, String name, double least, double most) {
    String text = text(headers, name);
    try {
      double number = Double.parseDouble(text);
      check(name, text, number >= least && number <= most);
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("header " + name + " is no number: " + printable(text), e);
    }
  }

  private static void check(String name, String text, boolean fine) {
    if (!fine) {
      throw new IllegalArgumentException("header " + name + " is out of range: " + printable(text));
    }
  }

  public static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
