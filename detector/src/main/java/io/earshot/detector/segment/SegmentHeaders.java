package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.models.feature.Segment;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of patches and scores, decimal ASCII.
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
  private static final String END = "end";
  private static final String UNSCORED = "unscored";
  private static final byte[] YES = ascii("1");

  private SegmentHeaders() {}

  static Headers of(Segment segment) {
    return new RecordHeaders()
        .add(SESSION, ascii(segment.session()))
        .add(INDEX, ascii(Long.toString(segment.index())))
        .add(START, ascii(Long.toString(segment.startMicros())))
        .add(COVERAGE, ascii(String.format(Locale.ROOT, "%.4f", segment.coverage())))
        .add(RMS, ascii(String.format(Locale.ROOT, "%.2f", segment.rmsDbfs())));
  }

  static Headers end(String session) {
    return new RecordHeaders().add(SESSION, ascii(session)).add(END, YES);
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

  /**
   * The run that a segment or an end belongs to.
   *
   * @throws IllegalArgumentException if there is no such header
   */
  public static String session(Headers headers) {
    return text(headers, SESSION);
  }

  /**
   * Reads them back.
   *
   * @throws IllegalArgumentException one line that names the header that is missing or wrong
   */
  public static Segment read(Headers headers) {
    return new Segment(
        session(headers),
        wholeNumber(headers, INDEX),
        wholeNumber(headers, START),
        number(headers, COVERAGE),
        number(headers, RMS));
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

  private static long wholeNumber(Headers headers, String name) {
    String text = text(headers, name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("header " + name + " is no whole number: " + text, e);
    }
  }

  private static double number(Headers headers, String name) {
    String text = text(headers, name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("header " + name + " is no number: " + text, e);
    }
  }

  public static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
