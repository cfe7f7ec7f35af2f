package io.earshot.producer.net;

import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.stream.StreamSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Waits for a sender; a second one at the same time is turned away. */
final class TcpServerStream extends TcpStream {
  private final Listening listening;
  private Channel server;
  private volatile InetSocketAddress local;

  TcpServerStream(
      StreamSettings settings,
      EventLoop loop,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff) {
    super(settings, loop, queue, sessions);
    this.listening = new Listening(loop, backoff, progress);
  }

  @Override
  void start() {
    listening.at(url.local(), this::bind, this::bound);
  }

  private ChannelFuture bind(InetSocketAddress address) {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.RCVBUF_ALLOCATOR, READING)
        .childHandler(initializer())
        .bind(address);
  }

  private void bound(Channel channel) {
    if (progress.isOver()) {
      Closing.close(channel);
      return;
    }
    server = channel;
    local = (InetSocketAddress) channel.localAddress();
    progress.waiting();
  }

  @Override
  InetSocketAddress localAddress() {
    return local;
  }

  @Override
  protected void gone() {
    progress.waiting();
  }

  @Override
  protected void release() {
    super.release();
    listening.stop();
    if (server != null) {
      Closing.close(server);
    }
  }
}
