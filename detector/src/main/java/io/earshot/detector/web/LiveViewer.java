package io.earshot.detector.web;

import io.earshot.detector.live.Message;
import io.earshot.detector.live.Viewer;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A connection that server-sent events are written to, without a thread of its own: whoever tells
 * it something writes as much as the socket takes at once, and Jetty calls when it takes more. Any
 * thread.
 */
final class LiveViewer implements Viewer, WriteListener {
  private final ViewerQueue queue = new ViewerQueue();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Runnable breakOff;
  private ServletOutputStream out;
  private boolean writable;
  private boolean unflushed;
  private boolean over;

  /**
   * @param breakOff closes the connection, whatever is on its way
   */
  LiveViewer(Runnable breakOff) {
    this.breakOff = breakOff;
  }

  /** Begins to write; it takes what it was told before. */
  void open(ServletOutputStream response) {
    synchronized (this) {
      out = response;
    }
    response.setWriteListener(this);
  }

  /** Completes when nothing more will be written; on a thread that holds no lock. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void tell(Message message) {
    boolean full = false;
    synchronized (this) {
      if (!over) {
        full = !queue.add(message);
        write();
      }
    }
    if (full) {
      // It comes back, and asks for what it has missed.
      end();
    }
  }

  @Override
  public synchronized void onWritePossible() {
    writable = true;
    write();
  }

  @Override
  public void onError(Throwable failure) {
    finish();
  }

  @Override
  public void end() {
    boolean stuck;
    synchronized (this) {
      stuck = !writable;
    }
    finish();
    if (stuck) {
      breakOff.run();
    }
  }

  private void finish() {
    synchronized (this) {
      over = true;
      queue.clear();
    }
    var unused = ended.completeAsync(() -> null);
  }

  /** Until there is nothing, or the socket takes no more. */
  private void write() {
    try {
      while (writable && !over) {
        writable = out.isReady();
        if (writable && !writeNext()) {
          return;
        }
      }
    } catch (IOException e) {
      finish();
    }
  }

  /** Whether there was anything. */
  private boolean writeNext() throws IOException {
    Message next = queue.poll();
    if (next != null) {
      out.write(next.bytes());
      unflushed = true;
      return true;
    }
    boolean flush = unflushed;
    unflushed = false;
    if (flush) {
      out.flush();
    }
    return flush;
  }
}
