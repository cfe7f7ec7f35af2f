package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One connection of a stream, and its sound: a file comes faster than that. */
final class TcpConnection extends ChannelInboundHandlerAdapter implements TcpStream.Source {
  private final TcpStream stream;
  private final Channel channel;
  private final ByteSound sound;
  private final PacedReading reading;

  TcpConnection(TcpStream stream, Channel channel) {
    this.stream = stream;
    this.channel = channel;
    PacedSound paced = new PacedSound(stream.listener());
    this.sound =
        new ByteSound(
            SoundHint.of(SoundHint.Otherwise.RAW, stream.settings.raw()), paced, paced::isFull);
    this.reading =
        new PacedReading(
            channel, paced, () -> sound, stream.queue::isCrowded, this::over, this::breakOff);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    stream.connected(channel, this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!isEnding()) {
        take(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private void take(ByteBuf bytes) throws IOException {
    for (ByteBuffer part : bytes.nioBuffers()) {
      sound.add(part, Moment.now());
    }
    reading.passOn();
  }

  /** Or the stream has let go of it. */
  private boolean isEnding() {
    return reading.isEnding() || !stream.hears(channel);
  }

  @Override
  public void handOn() throws IOException {
    reading.handOn();
  }

  @Override
  public void stop() {
    reading.leave();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && reading.isReading() && stream.hears(channel)) {
      stream.silent();
      reading.end(stream::broken);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!isEnding()) {
      stream.broken(cause);
      reading.end(stream::broken);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!isEnding()) {
      reading.end(stream::broken);
    }
  }

  private void breakOff(Exception cause) {
    stream.broken(cause);
    over();
  }

  private void over() {
    reading.leave();
    Closing.close(channel);
    stream.disconnected(channel);
  }
}
