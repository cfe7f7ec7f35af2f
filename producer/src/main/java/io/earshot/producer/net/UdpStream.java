package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.stream.StreamSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * Raw PCM, whole frames in each datagram. Nothing in it tells of loss. Sound that follows a loss is
 * moved in time until its clock is followed; where nothing comes for a second, so much is missing.
 * One sender at a time, until it was silent for as long as the settings say ({@code idle}): then
 * its session ends.
 */
final class UdpStream extends DatagramStream {
  /** What is delayed by less comes yet. */
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final SoundFeed feed;
  private final int frameBytes;
  private InetSocketAddress sender;
  private long heardNanos;
  private long position;

  UdpStream(
      StreamSettings settings,
      EventLoop loop,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff) {
    super(settings, loop, queue, sessions, backoff);
    int channels = settings.raw().shape().channels();
    if (settings.conditioning().channel() >= channels) {
      throw new IllegalArgumentException(
          "channel %d of %d, allowed: 0 to %d"
              .formatted(settings.conditioning().channel(), channels, channels - 1));
    }
    this.feed =
        new SoundFeed(line, settings.raw().encoding().format(), settings.raw().shape().channels());
    this.frameBytes =
        settings.raw().encoding().format().bytes() * settings.raw().shape().channels();
  }

  @Override
  protected void opened(InetSocketAddress address) {
    ready();
  }

  @Override
  protected void receive(DatagramPacket datagram, Moment arrival) throws IOException {
    ByteBuf content = datagram.content();
    int frames = content.readableBytes() / frameBytes;
    if (frames == 0 || content.readableBytes() % frameBytes != 0) {
      progress.refuse("odd_length");
      return;
    }
    if (line.isOpen() && !datagram.sender().equals(sender)) {
      progress.refuse("other_source");
      return;
    }
    if (!line.isOpen()) {
      AudioShape shape = settings.raw().shape();
      begin(
          shape.rate(), shape.channels(), Formats.text(shape, settings.raw().encoding().format()));
      sender = datagram.sender();
      position = 0;
    } else {
      position += missing(arrival.nanos() - heardNanos, frames);
    }
    heardNanos = arrival.nanos();
    byte[] bytes = new byte[content.readableBytes()];
    content.readBytes(bytes);
    feed.add(position, bytes, 0, frames, arrival);
    position += frames;
  }

  /** Frames of a pause before these frames, which are as new as can be. */
  private long missing(long silentNanos, int frames) {
    if (silentNanos <= PAUSE_NANOS) {
      return 0;
    }
    long since = Math.round(silentNanos * (double) settings.raw().shape().rate() / 1e9);
    return Math.max(0, since - frames);
  }

  @Override
  protected void tick(long nanos) {
    if (line.isOpen() && nanos - heardNanos > settings.idle().toNanos()) {
      endSession();
      progress.waiting();
    }
  }
}
