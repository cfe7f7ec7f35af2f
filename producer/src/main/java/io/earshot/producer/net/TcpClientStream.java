package io.earshot.producer.net;

import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.stream.StreamSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Goes to a server for sound, and again and again while it has none. */
final class TcpClientStream extends TcpStream {
  private static final int CONNECT_MILLIS = 5_000;

  private final Backoff backoff;
  private Future<?> nextTry;

  TcpClientStream(
      StreamSettings settings,
      EventLoop loop,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff) {
    super(settings, loop, queue, sessions);
    this.backoff = backoff;
  }

  @Override
  void start() {
    progress.connecting();
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .resolver(NameLookup.INSTANCE)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.RCVBUF_ALLOCATOR, READING)
        .handler(initializer())
        .connect(url.host(), url.port())
        .addListener(
            (ChannelFuture connected) -> {
              if (!connected.isSuccess() && !progress.isOver()) {
                progress.trouble(connected.cause());
                tryAgain();
              } else if (progress.isOver()) {
                Closing.close(connected.channel());
              } else {
                progress.waiting();
              }
            });
  }

  @Override
  InetSocketAddress localAddress() {
    return null;
  }

  @Override
  protected void gone() {
    tryAgain();
  }

  private void tryAgain() {
    if (progress.isOver()) {
      return;
    }
    progress.connecting();
    Duration wait = backoff.next(line.counts().frames());
    nextTry = loop.schedule(this::start, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void release() {
    super.release();
    if (nextTry != null) {
      nextTry.cancel(false);
    }
  }
}
