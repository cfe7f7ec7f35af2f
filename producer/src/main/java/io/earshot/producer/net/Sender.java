package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.net.SoundHint.Otherwise;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.stream.RawPcm;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Whoever sends to a stream by HTTP or WebSocket, from admission until all its sound has had its
 * time: a file comes faster than that.
 */
final class Sender implements TcpStream.Source {
  private final IngestStream stream;
  private final Channel channel;
  private final PacedSound paced;
  private final PacedReading reading;
  private ByteSound sound;
  private Runnable ended;
  private boolean failed;

  /** Takes the stream's place; whatever the sound begins like, this says what it can be. */
  Sender(IngestStream stream, ChannelHandlerContext context, SoundHint hint) {
    this.stream = stream;
    this.channel = context.channel();
    this.paced = new PacedSound(stream.listener());
    this.sound = new ByteSound(hint, paced);
    this.reading =
        new PacedReading(channel, paced, stream.queue::isCrowded, this::over, this::fail);
    stream.server().trust(channel);
    stream.connected(channel, this);
  }

  /** All its sound is this. */
  void says(RawPcm raw) {
    sound = new ByteSound(SoundHint.of(Otherwise.SURELY_RAW, raw), paced);
  }

  /** Tells of silence; to be placed before whoever takes the sound. */
  IdleStateHandler silence() {
    return new IdleStateHandler(stream.settings.idle().toMillis(), 0, 0, TimeUnit.MILLISECONDS);
  }

  /** Nothing came; whether that is the sender's fault, who is then refused. */
  boolean isSilent() {
    boolean its = reading.isReading();
    if (its) {
      stream.silent();
      refuse(Refusal.TOO_SLOW);
    }
    return its;
  }

  void add(ByteBuf bytes) throws IOException {
    sound.add(bytes.nioBuffer(), Moment.now());
    reading.passOn();
  }

  @Override
  public void handOn() throws IOException {
    reading.handOn();
  }

  @Override
  public void stop() {
    reading.leave();
  }

  boolean isEnding() {
    return ended != null;
  }

  /**
   * No more sound comes. A second call does nothing.
   *
   * @param then called when all of it is passed on and the session has ended
   */
  void end(Runnable then) {
    if (ended != null) {
      return;
    }
    ended = then;
    try {
      sound.end(Moment.now());
    } catch (IOException | RuntimeException e) {
      stream.broken(e);
    }
    try {
      reading.end();
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  void refuse(Refusal refusal) {
    stream.refuse(refusal);
    end(() -> {});
  }

  /** What came could not be taken, or not be passed on. */
  void broken(Throwable cause) {
    stream.broken(cause);
    end(() -> {});
    if (failed) {
      leave();
    }
  }

  /** Whether who sends can do something about it. */
  static boolean isItsFault(Throwable cause) {
    return cause instanceof AudioException || cause instanceof IllegalArgumentException;
  }

  private void over() {
    leave();
    ended.run();
  }

  private void fail(Exception cause) {
    failed = true;
    channel.pipeline().fireExceptionCaught(cause);
  }

  private void leave() {
    reading.leave();
    stream.disconnected(channel);
  }
}
