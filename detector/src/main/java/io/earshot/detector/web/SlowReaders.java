package io.earshot.detector.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Breaks off answers that take too long: whoever reads a byte now and then is never idle, and holds
 * a thread and a clip. Streams of server-sent events are left alone. Any thread.
 */
final class SlowReaders extends Handler.Wrapper {
  private final long graceNanos;
  private final long bytesPerSecond;

  /**
   * Each answer has so much time.
   *
   * @param grace whatever its length, from when it was asked for
   * @param bytesPerSecond by its length, beside that
   */
  SlowReaders(Duration grace, long bytesPerSecond) {
    graceNanos = grace.toNanos();
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Watch watch = new Watch(request, response);
    // Told by Jetty when all is sent or nobody is there any more.
    Request.addCompletionListener(request, failure -> watch.end());
    watch.lookAfter(graceNanos);
    return super.handle(request, response, callback);
  }

  private final class Watch implements Runnable {
    private final long start = System.nanoTime();
    private final Request request;
    private final Response response;
    private boolean done;
    private Scheduler.Task next;

    Watch(Request request, Response response) {
      this.request = request;
      this.response = response;
    }

    synchronized void lookAfter(long nanos) {
      if (!done) {
        Scheduler scheduler = request.getComponents().getScheduler();
        next = scheduler.schedule(this, nanos, TimeUnit.NANOSECONDS);
      }
    }

    synchronized void end() {
      done = true;
      if (next != null) {
        next.cancel();
      }
    }

    /** By now the length is known, or the answer is short. */
    @Override
    public synchronized void run() {
      long left = start + allowedNanos() - System.nanoTime();
      if (isEndless()) {
        // Whoever does not take what comes is found out by how much waits for it.
        return;
      }
      if (left > 0) {
        lookAfter(left);
      } else if (!done) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
      }
    }

    private boolean isEndless() {
      String type = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
      return type != null && type.startsWith("text/event-stream");
    }

    private long allowedNanos() {
      long length = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
      return graceNanos + Math.max(0, length) * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }
  }
}
