package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.stream.StreamSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A stream of datagrams: its sockets, and a look at the clock now and then. */
abstract class DatagramStream extends NetStream {
  private static final int MAX_DATAGRAM = 65_536;

  /** Half a minute of s16le at 16 kHz. */
  private static final int SOCKET_BUFFER = 1 << 20;

  private static final long TICK_MILLIS = 20;

  private final List<Channel> sockets = new ArrayList<>();
  private final Listening listening;
  private Future<?> ticks;
  private volatile InetSocketAddress local;

  DatagramStream(
      StreamSettings settings,
      EventLoop loop,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff) {
    super(settings, loop, queue, sessions);
    this.listening = new Listening(loop, backoff, progress);
  }

  /** Takes what comes to a socket; the datagram is the caller's. */
  interface Receiver {
    void receive(DatagramPacket datagram, Moment arrival) throws IOException;
  }

  /** The socket is open, at that address; {@link #ready} is called when all others are. */
  protected abstract void opened(InetSocketAddress address);

  /** Called every 20 ms. */
  protected abstract void tick(long nanos);

  @Override
  void start() {
    listening.at(
        url.local(), address -> socket(address, this::receive), channel -> bound(channel, true));
  }

  private void bound(Channel channel, boolean first) {
    if (progress.isOver()) {
      Closing.close(channel);
      return;
    }
    sockets.add(channel);
    if (first) {
      local = (InetSocketAddress) channel.localAddress();
      opened(local);
    } else {
      ready();
    }
  }

  /** One socket more; where it cannot be had, all begins again. */
  protected final void alsoAt(InetSocketAddress address, String what, Receiver receiver) {
    socket(address, receiver)
        .addListener(
            (ChannelFuture done) -> {
              if (done.isSuccess()) {
                bound(done.channel(), false);
              } else {
                startAgain(what + ": " + Listening.problem(address, done.cause()));
              }
            });
  }

  /** All sockets are open. */
  protected final void ready() {
    ticks = loop.scheduleAtFixedRate(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    progress.waiting();
  }

  protected final void startAgain(String problem) {
    letGo();
    listening.tryAgain(problem);
  }

  /** A task that throws would never be called again. */
  private void look() {
    try {
      tick(System.nanoTime());
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  /** What a datagram can have wrong is refused elsewhere; the stream goes on if it can. */
  private void broken(Throwable cause) {
    Throwable reason = cause instanceof UncheckedIOException e ? e.getCause() : cause;
    if (queue.hasFailed()) {
      fail(reason);
    } else {
      progress.trouble(reason);
    }
  }

  protected abstract void receive(DatagramPacket datagram, Moment arrival) throws IOException;

  private ChannelFuture socket(InetSocketAddress address, Receiver receiver) {
    return new Bootstrap()
        .group(loop)
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
        .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
        .handler(new Handler(receiver))
        .bind(address);
  }

  @Override
  InetSocketAddress localAddress() {
    return local;
  }

  @Override
  protected void release() {
    listening.stop();
    letGo();
  }

  private void letGo() {
    if (ticks != null) {
      ticks.cancel(false);
    }
    List<Channel> open = List.copyOf(sockets);
    sockets.clear();
    open.forEach(Closing::close);
  }

  private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Receiver receiver;

    Handler(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram)
        throws IOException {
      receiver.receive(datagram, Moment.now());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      broken(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (sockets.contains(context.channel())) {
        handOnWhatWaits();
        endSession();
        startAgain("the socket was closed");
      }
    }
  }
}
