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
  /** Who sends does so more often. */
  private static final long PRESENT_NANOS = 2_000_000_000L;

  private final IngestStream stream;
  private final Channel channel;
  private final PacedSound paced;
  private final PacedReading reading;
  private ByteSound sound;
  private long heardNanos = Moment.now().nanos();
  private Runnable ended;
  private boolean failed;

  /** Takes the stream's place; whatever the sound begins like, this says what it can be. */
  Sender(IngestStream stream, ChannelHandlerContext context, SoundHint hint) {
    this.stream = stream;
    this.channel = context.channel();
    this.paced = new PacedSound(stream.listener());
    this.sound = new ByteSound(hint, paced, paced::isFull);
    this.reading =
        new PacedReading(
            channel, paced, () -> sound, stream.queue::isCrowded, this::over, this::fail);
    stream.server().trust(channel);
    stream.takenBy(channel, this);
  }

  /** All its sound is this. */
  void says(RawPcm raw) {
    sound = new ByteSound(SoundHint.of(Otherwise.SURELY_RAW, raw), paced, paced::isFull);
  }

  /**
   * So many frames that were to follow do not come.
   *
   * @throws IllegalArgumentException if it is not their time yet
   */
  void misses(long frames) throws IOException {
    sound.skip(frames);
    paced.misses(frames, Moment.now());
    passOn();
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

  /** Whether nothing has come for so long that it may have lost its way, as phones do. */
  boolean isAway(Moment now) {
    return channel.config().isAutoRead() && !isEnding() && now.nanos() - heardNanos > PRESENT_NANOS;
  }

  /** Somebody else with the same token has come. */
  void giveWay() {
    stream.refuse(Refusal.REPLACED);
    ended = () -> {};
    try {
      handOn();
    } catch (IOException | RuntimeException e) {
      stream.broken(e);
    }
    leave();
    Closing.close(channel);
  }

  void add(ByteBuf bytes) throws IOException {
    Moment now = Moment.now();
    heardNanos = now.nanos();
    sound.add(bytes.nioBuffer(), now);
    passOn();
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
    reading.end(stream::broken);
  }

  void refuse(Refusal refusal) {
    stream.refuse(refusal);
    end(() -> {});
  }

  /** What came could not be taken; what came before still has its time. */
  void broken(Throwable cause) {
    if (!failed) {
      stream.broken(cause);
      end(() -> {});
    }
  }

  /** Whether who sends can do something about it. */
  static boolean isItsFault(Throwable cause) {
    return cause instanceof AudioException || cause instanceof IllegalArgumentException;
  }

  private void passOn() {
    try {
      reading.passOn();
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private void over() {
    leave();
    ended.run();
  }

  /**
   * Frees the stream's place at once: who sent may be gone, and then no handler is there to ask.
   */
  private void fail(Exception cause) {
    failed = true;
    ended = () -> {};
    stream.broken(cause);
    leave();
    if (channel.isActive()) {
      channel.config().setAutoRead(true);
      channel.pipeline().fireExceptionCaught(cause);
    }
  }

  private void leave() {
    reading.leave();
    stream.disconnected(channel);
  }
}
