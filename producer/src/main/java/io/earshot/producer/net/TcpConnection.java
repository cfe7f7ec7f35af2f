package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a stream. While frames do not get away it does not read: TCP holds the sender.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {
  private static final long CROWDED_MILLIS = 20;

  private final TcpStream stream;
  private final ByteSound sound;

  TcpConnection(TcpStream stream) {
    this.stream = stream;
    this.sound =
        new ByteSound(
            SoundHint.of(SoundHint.Otherwise.RAW, stream.settings.raw()), stream.listener());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    stream.connected(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    ByteBuf bytes = (ByteBuf) message;
    try {
      for (ByteBuffer part : bytes.nioBuffers()) {
        sound.add(part, Moment.now());
      }
    } finally {
      bytes.release();
    }
    if (stream.queue.isCrowded()) {
      context.channel().config().setAutoRead(false);
      readWhenThereIsRoom(context);
    }
  }

  private void readWhenThereIsRoom(ChannelHandlerContext context) {
    var unused =
        context
            .executor()
            .schedule(
                () -> {
                  if (stream.queue.isCrowded()) {
                    readWhenThereIsRoom(context);
                  } else {
                    context.channel().config().setAutoRead(true);
                  }
                },
                CROWDED_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && context.channel().config().isAutoRead()) {
      stream.silent();
      Closing.close(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    stream.broken(cause);
    Closing.close(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    try {
      if (stream.hears(context.channel())) {
        sound.end(Moment.now());
      }
    } finally {
      stream.disconnected(context.channel());
    }
  }
}
