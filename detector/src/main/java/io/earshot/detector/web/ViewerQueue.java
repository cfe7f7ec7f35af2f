package io.earshot.detector.web;

import io.earshot.detector.live.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What a viewer has not taken yet: of what may be missed the newest, of the rest all, or else it is
 * full. Not thread-safe.
 */
final class ViewerQueue {
  /** Some seconds of levels. */
  static final int MOST_PASSING = 32;

  /** More than is ever sent again at once. */
  static final int MOST_BYTES = 8 << 20;

  private final Deque<Message> messages = new ArrayDeque<>();
  private int passing;
  private int bytes;

  /** False if it is full. */
  boolean add(Message message) {
    messages.addLast(message);
    bytes += message.bytes().length;
    if (!message.sure() && ++passing > MOST_PASSING) {
      dropOldest();
    }
    return bytes <= MOST_BYTES;
  }

  /** The next one; null if there is none. */
  Message poll() {
    Message message = messages.pollFirst();
    if (message != null) {
      count(message);
    }
    return message;
  }

  void clear() {
    messages.clear();
    passing = 0;
    bytes = 0;
  }

  private void dropOldest() {
    Iterator<Message> each = messages.iterator();
    Message oldest = each.next();
    while (oldest.sure()) {
      oldest = each.next();
    }
    each.remove();
    count(oldest);
  }

  private void count(Message gone) {
    bytes -= gone.bytes().length;
    passing -= gone.sure() ? 0 : 1;
  }
}
