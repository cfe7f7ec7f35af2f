package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
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

  private final List<Channel> channels = new ArrayList<>();
  private Future<?> ticks;
  private volatile InetSocketAddress local;

  DatagramStream(
      StreamSettings settings, EventLoop loop, FrameQueue queue, Supplier<String> sessions) {
    super(settings, loop, queue, sessions);
  }

  /** Takes what comes to a socket; the datagram is the caller's. */
  interface Receiver {
    void receive(DatagramPacket datagram, Moment arrival) throws IOException;
  }

  /** The sockets are open. */
  protected abstract void opened(InetSocketAddress address);

  /** Called every 20 ms. */
  protected abstract void tick(long nanos);

  @Override
  void start() {
    listen(url.local(), this::receive)
        .addListener(
            (ChannelFuture bound) -> {
              if (bound.isSuccess()) {
                local = (InetSocketAddress) bound.channel().localAddress();
                ticks =
                    loop.scheduleAtFixedRate(
                        this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
                progress.waiting();
                opened(local);
              }
            });
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

  protected final ChannelFuture listen(InetSocketAddress address, Receiver receiver) {
    return new Bootstrap()
        .group(loop)
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
        .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
        .handler(new Handler(receiver))
        .bind(address)
        .addListener(
            (ChannelFuture bound) -> {
              if (!bound.isSuccess()) {
                fail(bound.cause());
              } else if (progress.isOver()) {
                Closing.close(bound.channel());
              } else {
                channels.add(bound.channel());
              }
            });
  }

  @Override
  InetSocketAddress localAddress() {
    return local;
  }

  @Override
  protected void release() {
    if (ticks != null) {
      ticks.cancel(false);
    }
    channels.forEach(Closing::close);
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
      fail(new IOException("the socket was closed"));
    }
  }
}
