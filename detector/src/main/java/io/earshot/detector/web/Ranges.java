package io.earshot.detector.web;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.eclipse.jetty.http.ByteRange;

/**
 * Answers with bytes, or with the range of them that was asked for: players seek by ranges. Of
 * several ranges at once the whole is sent, as RFC 9110 allows.
 */
final class Ranges {
  private Ranges() {}

  static void answer(Context context, byte[] all) {
    context.header("Accept-Ranges", "bytes");
    String asked = context.header("Range");
    // Without a validator nobody can know that a range belongs to what they have.
    if (asked == null || asked.contains(",") || context.header("If-Range") != null) {
      answer(context, all, 0, all.length - 1);
      return;
    }
    List<ByteRange> ranges = ByteRange.parse(List.of(asked), all.length);
    if (ranges.isEmpty()) {
      context.header("Content-Range", "bytes */" + all.length);
      throw new Refusal(416, "no such range; there are " + all.length + " bytes");
    }
    int first = (int) ranges.get(0).first();
    int last = (int) ranges.get(0).last();
    context
        .status(206)
        .header("Content-Range", "bytes %d-%d/%d".formatted(first, last, all.length));
    answer(context, all, first, last);
  }

  private static void answer(Context context, byte[] all, int first, int last) {
    context
        .header("Content-Length", Integer.toString(last - first + 1))
        .result(new ByteArrayInputStream(all, first, last - first + 1));
  }
}
