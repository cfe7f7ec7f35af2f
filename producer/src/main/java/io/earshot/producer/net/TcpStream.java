package io.earshot.producer.net;

import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sound by TCP, one connection at a time; a connection is a session, in the time of its sound. */
abstract class TcpStream extends NetStream {
  /** Somebody who sends. */
  interface Source {
    /** The stream is about to be closed: what waits goes on, but for what is yet to come. */
    void handOn() throws IOException;

    /** The stream takes nothing more. */
    void stop();
  }

  /** As much at once as does not keep other streams waiting. */
  static final RecvByteBufAllocator READING =
      new FixedRecvByteBufAllocator(4_096).maxMessagesPerRead(1);

  /** The one that is heard; null if there is none. */
  protected Channel connection;

  private Source source;

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
            .addLast(new TcpConnection(TcpStream.this, channel));
      }
    };
  }

  final void connected(Channel channel, Source itsSource) {
    if (connection != null || progress.isOver()) {
      progress.refuse("other_source");
      Closing.close(channel);
      return;
    }
    connection = channel;
    source = itsSource;
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
  protected void handOnWhatWaits() {
    if (connection != null) {
      try {
        source.handOn();
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  @Override
  protected void release() {
    if (connection != null) {
      source.stop();
      Closing.close(connection);
      connection = null;
    }
  }
}
