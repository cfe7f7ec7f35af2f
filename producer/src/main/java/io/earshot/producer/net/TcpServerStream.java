package io.earshot.producer.net;

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
  private Channel server;
  private volatile InetSocketAddress local;

  TcpServerStream(
      StreamSettings settings, EventLoop loop, FrameQueue queue, Supplier<String> sessions) {
    super(settings, loop, queue, sessions);
  }

  @Override
  void start() {
    new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.RCVBUF_ALLOCATOR, READING)
        .childHandler(initializer())
        .bind(url.local())
        .addListener(
            (ChannelFuture bound) -> {
              if (!bound.isSuccess()) {
                fail(bound.cause());
              } else if (progress.isOver()) {
                Closing.close(bound.channel());
              } else {
                server = bound.channel();
                local = (InetSocketAddress) server.localAddress();
                progress.waiting();
              }
            });
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
    if (server != null) {
      Closing.close(server);
    }
  }
}
