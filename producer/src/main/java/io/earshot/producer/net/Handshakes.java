package io.earshot.producer.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * TLS for those who come. What a handshake computes, anybody can have computed as often as he
 * likes, so that it is done on a thread of its own: the event loop's streams go on. What has no
 * place in its queue is refused. The thread ends when nobody comes.
 */
final class Handshakes {
  private static final int WAITING = 128;
  private static final int IDLE_SECONDS = 10;
  private static final Executor THREAD = thread();

  private Handshakes() {}

  private static Executor thread() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "earshot-handshakes");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** To be placed before whoever takes what is decrypted. */
  static SslHandler handler(SslContext tls, Channel channel) {
    Once once = new Once();
    SslHandler handler = tls.newHandler(channel.alloc(), once);
    var unused = handler.handshakeFuture().addListener(done -> once.done = true);
    return handler;
  }

  /**
   * One handshake is enough: TLS 1.2 lets clients ask for more on the same connection, without
   * limit. Called by the event loop alone.
   */
  private static final class Once implements Executor {
    private boolean done;

    @Override
    public void execute(Runnable step) {
      if (done) {
        throw new RejectedExecutionException("a second TLS handshake");
      }
      THREAD.execute(step);
    }
  }
}
