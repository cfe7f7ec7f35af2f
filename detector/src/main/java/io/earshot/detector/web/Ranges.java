package io.earshot.detector.web;

import io.earshot.detector.clip.ClipWav;
import io.javalin.http.Context;
import java.util.List;
import org.eclipse.jetty.http.ByteRange;

/**
 * Answers with a file, or with the range of it that was asked for: players seek by ranges. Of
 * several ranges at once the whole is sent, as RFC 9110 allows.
 */
final class Ranges {
  private Ranges() {}

  static void answer(Context context, ClipWav file) {
    int length = file.length();
    context.header("Accept-Ranges", "bytes");
    String asked = context.header("Range");
    // Without a validator nobody can know that a range belongs to what they have.
    if (asked == null || asked.contains(",") || context.header("If-Range") != null) {
      answer(context, file, 0, length - 1);
      return;
    }
    List<ByteRange> ranges = ByteRange.parse(List.of(asked), length);
    if (ranges.isEmpty()) {
      context.header("Content-Range", "bytes */" + length);
      throw new Refusal(416, "no such range; there are " + length + " bytes");
    }
    int first = (int) ranges.get(0).first();
    int last = (int) ranges.get(0).last();
    context.status(206).header("Content-Range", "bytes %d-%d/%d".formatted(first, last, length));
    answer(context, file, first, last);
  }

  private static void answer(Context context, ClipWav file, int first, int last) {
    context
        .header("Content-Length", Integer.toString(last - first + 1))
        .result(file.read(first, last + 1));
  }
}
