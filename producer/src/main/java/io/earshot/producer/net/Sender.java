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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Whoever sends to a stream by HTTP or WebSocket, from admission until all its sound has had its
 * time: a file comes faster than that. While it is ahead, or frames do not get away, nothing is
 * read: TCP holds the sender.
 */
final class Sender implements TcpStream.Source {
  private static final long CROWDED_NANOS = 20_000_000L;

  /** No look at the clock is nearer than this. */
  private static final long LEAST_NANOS = 5_000_000L;

  private final IngestStream stream;
  private final Channel channel;
  private final PacedSound paced;
  private ByteSound sound;
  private Future<?> look;
  private Runnable ended;
  private boolean failed;

  /** Takes the stream's place; whatever the sound begins like, this says what it can be. */
  Sender(IngestStream stream, ChannelHandlerContext context, SoundHint hint) {
    this.stream = stream;
    this.channel = context.channel();
    this.paced = new PacedSound(stream.listener());
    this.sound = new ByteSound(hint, paced);
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
    boolean its = channel.config().isAutoRead() && !isEnding();
    if (its) {
      stream.silent();
      refuse(Refusal.TOO_SLOW);
    }
    return its;
  }

  void add(ByteBuf bytes) throws IOException {
    sound.add(bytes.nioBuffer(), Moment.now());
    passOn();
  }

  @Override
  public void handOn() throws IOException {
    paced.end();
    paced.passOn(Moment.now());
  }

  @Override
  public void stop() {
    if (look != null) {
      look.cancel(false);
    }
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
    paced.end();
    lookAgain();
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

  /** Passes on what is due, and looks again when more is; nothing if the stream was closed. */
  private void passOn() throws IOException {
    if (!stream.hears(channel)) {
      return;
    }
    long wait = paced.passOn(Moment.now(), stream.queue::isCrowded);
    boolean crowded = stream.queue.isCrowded();
    if (isEnding() && paced.isEmpty()) {
      channel.config().setAutoRead(true);
      leave();
      ended.run();
      return;
    }
    channel.config().setAutoRead(isEnding() || (!crowded && !paced.isFull()));
    stop();
    if (crowded || !paced.isEmpty()) {
      long nanos = crowded ? CROWDED_NANOS : Math.max(LEAST_NANOS, wait);
      look = channel.eventLoop().schedule(this::lookAgain, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void lookAgain() {
    try {
      passOn();
    } catch (IOException | RuntimeException e) {
      failed = true;
      channel.pipeline().fireExceptionCaught(e);
    }
  }

  private void leave() {
    stream.disconnected(channel);
  }
}
