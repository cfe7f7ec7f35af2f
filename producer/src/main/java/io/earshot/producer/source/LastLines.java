package io.earshot.producer.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The last lines of a text without end, each cut. One thread adds; any may ask.
 *
 * <p>It never holds more than {@link #MAX_LINES} lines of {@link #MAX_BYTES} bytes.
 */
final class LastLines {
  static final int MAX_LINES = 8;
  static final int MAX_BYTES = 300;

  private final Deque<String> lines = new ArrayDeque<>();
  private final byte[] line = new byte[MAX_BYTES];
  private final Predicate<String> wanted;
  private int filled;

  /** Those of which that is true, which each line is shown once. */
  LastLines(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  synchronized void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        endLine();
      } else if (filled < MAX_BYTES) {
        line[filled++] = bytes[i];
      }
    }
  }

  /** The oldest first; blank ones do not count. */
  synchronized List<String> all() {
    endLine();
    return List.copyOf(lines);
  }

  private void endLine() {
    String text = new String(line, 0, filled, StandardCharsets.UTF_8).strip();
    filled = 0;
    if (text.isEmpty() || !wanted.test(text)) {
      return;
    }
    if (lines.size() == MAX_LINES) {
      lines.removeFirst();
    }
    lines.addLast(text);
  }
}
