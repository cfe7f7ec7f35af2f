package io.earshot.producer.net;

import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.Progress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Listens at an address for a stream, and tries again while it cannot: the address may come by
 * DHCP, the port be given back. The stream's event loop alone calls it, and is called.
 */
final class Listening {
  private final EventLoop loop;
  private final Backoff backoff;
  private final Progress progress;
  private Runnable attempt = () -> {};
  private Future<?> nextTry;

  Listening(EventLoop loop, Backoff backoff, Progress progress) {
    this.loop = loop;
    this.backoff = backoff;
    this.progress = progress;
  }

  /**
   * Begins to listen.
   *
   * @param bind called with the address when its name is known
   * @param bound called with what listens, even if the stream was closed meanwhile
   */
  void at(
      InetSocketAddress address,
      Function<InetSocketAddress, ChannelFuture> bind,
      Consumer<Channel> bound) {
    attempt = () -> lookUp(address, bind, bound);
    attempt.run();
  }

  private void lookUp(
      InetSocketAddress address,
      Function<InetSocketAddress, ChannelFuture> bind,
      Consumer<Channel> bound) {
    progress.connecting();
    NameLookup.INSTANCE
        .getResolver(loop)
        .resolve(address)
        .addListener(
            (Future<InetSocketAddress> found) -> {
              if (!found.isSuccess()) {
                tryAgain(problem(address, found.cause()));
              } else if (!progress.isOver()) {
                listen(bind.apply(found.getNow()), address, bound);
              }
            });
  }

  private void listen(ChannelFuture attempted, InetSocketAddress address, Consumer<Channel> bound) {
    attempted.addListener(
        (ChannelFuture done) -> {
          if (!done.isSuccess()) {
            tryAgain(problem(address, done.cause()));
          } else {
            bound.accept(done.channel());
          }
        });
  }

  /** One line that says where, why not, and what is allowed. */
  static String problem(InetSocketAddress address, Throwable cause) {
    String host = address.getHostString();
    return "cannot listen on %s:%d: %s, allowed: an address of this machine and a free port"
        .formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort(), cause(cause));
  }

  private static String cause(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** It does not listen after all, or no longer. */
  void tryAgain(String problem) {
    if (progress.isOver()) {
      return;
    }
    progress.trouble(problem);
    progress.connecting();
    nextTry = loop.schedule(attempt, backoff.next(0).toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    if (nextTry != null) {
      nextTry.cancel(false);
    }
  }
}
