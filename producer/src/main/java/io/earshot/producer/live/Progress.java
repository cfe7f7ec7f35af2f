package io.earshot.producer.live;

import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.live.LiveStream.Status;
import io.earshot.producer.stream.Secrets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream is about, for those who ask. It is told by the stream's own thread; any may ask. A
 * stream that is closed or has failed stays so. Secrets of addresses are hidden.
 */
public final class Progress {
  private static final Logger log = LoggerFactory.getLogger(Progress.class);

  private final String name;
  private final String source;
  private final Map<String, Long> refused = new ConcurrentHashMap<>();
  private final AtomicLong connections = new AtomicLong();
  private volatile State state = State.CONNECTING;
  private volatile String problem = "";
  private volatile String format = "";

  public Progress(String name, String source) {
    this.name = name;
    this.source = Secrets.hide(source);
  }

  /** The stream's URL, as all may see it. */
  public String source() {
    return source;
  }

  public boolean isOver() {
    return state == State.CLOSED || state == State.FAILED;
  }

  public void connecting() {
    become(State.CONNECTING);
  }

  public void waiting() {
    become(State.WAITING);
  }

  public void closed() {
    become(State.CLOSED);
  }

  /** Sound comes, in that format. */
  public void running(String itsFormat) {
    connections.incrementAndGet();
    format = itsFormat;
    become(State.RUNNING);
    log.debug("{} ({}): {}", name, source, itsFormat);
  }

  /** Counts what is not heard; the first of its kind is told. */
  public void refuse(String reason) {
    if (refused.merge(reason, 1L, Long::sum) == 1) {
      log.warn("{} ({}): refused, {}", name, source, reason);
    }
  }

  /** Something that passes; told when it is another than before. */
  public void trouble(Throwable cause) {
    trouble(line(cause));
  }

  /** Something that passes; told when it is another than before. */
  public void trouble(String text) {
    String message = Secrets.hide(text);
    if (!message.equals(problem)) {
      log.warn("{} ({}): {}", name, source, message);
    }
    problem = message;
  }

  /** Something that does not pass. */
  public void failed(Throwable cause) {
    if (!isOver()) {
      problem = line(cause);
      log.error("{} ({}): {}", name, source, problem);
      become(State.FAILED);
    }
  }

  public Status status(SoundLine.Counts counts) {
    return new Status(state, problem, format, counts, connections.get(), new TreeMap<>(refused));
  }

  private void become(State next) {
    if (!isOver()) {
      state = next;
    }
  }

  private static String line(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return Secrets.hide(message.replaceAll("\\s+", " "));
  }
}
