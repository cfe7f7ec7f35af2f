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
 * Raw PCM, whole frames in each datagram. Nothing in it tells of loss: sound that follows is moved
 * in time until its clock is followed, and after a second of silence a session begins. One sender
 * at a time.
 */
final class UdpStream extends DatagramStream {
  private static final long SILENCE_NANOS = 1_000_000_000L;

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
    }
    heardNanos = arrival.nanos();
    byte[] bytes = new byte[content.readableBytes()];
    content.readBytes(bytes);
    feed.add(position, bytes, 0, frames, arrival);
    position += frames;
  }

  @Override
  protected void tick(long nanos) {
    long patience = Math.min(SILENCE_NANOS, settings.idle().toNanos());
    if (line.isOpen() && nanos - heardNanos > patience) {
      endSession();
      progress.waiting();
    }
  }
}
