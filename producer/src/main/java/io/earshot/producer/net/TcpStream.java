package io.earshot.producer.net;

import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sound by TCP, one connection at a time; a connection is a session. */
abstract class TcpStream extends NetStream {
  /** The one that is heard; null if there is none. */
  protected Channel connection;

  TcpStream(StreamSettings settings, EventLoop loop, FrameQueue queue, Supplier<String> sessions) {
    super(settings, loop, queue, sessions);
  }

  /** The connection that was heard is gone. */
  protected abstract void gone();

  final ChannelInitializer<SocketChannel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        long idle = settings.idle().toMillis();
        channel
            .pipeline()
            .addLast(new IdleStateHandler(idle, 0, 0, TimeUnit.MILLISECONDS))
            .addLast(new TcpConnection(TcpStream.this));
      }
    };
  }

  final void connected(Channel channel) {
    if (connection != null || progress.isOver()) {
      progress.refuse("other_source");
      Closing.close(channel);
      return;
    }
    connection = channel;
  }

  final boolean hears(Channel channel) {
    return channel == connection;
  }

  final void silent() {
    progress.trouble("no sound for %d ms".formatted(settings.idle().toMillis()));
  }

  final void broken(Throwable cause) {
    if (queue.hasFailed()) {
      fail(cause);
      return;
    }
    if (cause instanceof AudioException || cause instanceof IllegalArgumentException) {
      progress.refuse("not_understood");
    }
    progress.trouble(cause);
  }

  final void disconnected(Channel channel) {
    if (hears(channel)) {
      connection = null;
      endSession();
      gone();
    }
  }

  @Override
  protected void release() {
    if (connection != null) {
      Closing.close(connection);
      connection = null;
    }
  }
}
