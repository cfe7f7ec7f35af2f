package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.Progress;
import io.earshot.producer.live.SoundLine;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * What streams from the network share: a line, and what is told of it. All that is protected here
 * is called by the stream's event loop.
 */
abstract class NetStream implements LiveStream {
  protected final StreamSettings settings;
  protected final NetUrl url;
  protected final EventLoop loop;
  protected final FrameQueue queue;
  protected final SoundLine line;
  protected final Progress progress;

  NetStream(StreamSettings settings, EventLoop loop, FrameQueue queue, Supplier<String> sessions) {
    this.settings = settings;
    this.url = NetUrl.parse(settings.source());
    this.loop = loop;
    this.queue = queue;
    this.line = new SoundLine(settings.name(), settings.conditioning(), sessions, queue);
    this.progress = new Progress(settings.name(), settings.source());
  }

  /** Takes up the work; called once. */
  abstract void start();

  /** Where it listens, for tests and messages; null if it does not. */
  abstract InetSocketAddress localAddress();

  /** Lets go of channels and timers. */
  protected abstract void release();

  @Override
  public final String name() {
    return settings.name();
  }

  @Override
  public final String source() {
    return progress.source();
  }

  @Override
  public final Status status() {
    return progress.status(line.counts());
  }

  @Override
  public final void close() {
    loop.execute(
        () -> {
          if (!progress.isOver()) {
            handOnWhatWaits();
            endSession();
            release();
            progress.closed();
          }
        });
  }

  /** Nothing more comes: what waits for its turn goes on to the line, before its session ends. */
  protected void handOnWhatWaits() {}

  /** Somebody sends: a session begins. */
  protected final void begin(int rate, int channels, String format) throws IOException {
    line.begin(rate, channels);
    progress.running(format);
  }

  /** For sound that comes as bytes: a session for each beginning. */
  protected final ByteSound.Listener listener() {
    return new ByteSound.Listener() {
      @Override
      public void begins(AudioShape shape, String format) throws IOException {
        begin(shape.rate(), shape.channels(), format);
      }

      @Override
      public void sound(long position, float[] interleaved, int frames, Moment arrival)
          throws IOException {
        line.arrived(position + frames, arrival);
        line.add(position, interleaved, frames);
      }

      @Override
      public void damaged() {
        progress.refuse("damaged");
      }
    };
  }

  protected final void endSession() {
    try {
      line.end();
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Something that does not pass. The other streams go on. */
  protected final void fail(Throwable cause) {
    if (!progress.isOver()) {
      progress.failed(cause);
      release();
    }
  }
}
