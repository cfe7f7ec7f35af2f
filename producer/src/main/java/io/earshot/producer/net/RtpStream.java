package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.rtp.RtpFormat;
import io.earshot.producer.rtp.RtpReceiver;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Supplier;

/** RTP on one port, and RTCP on the next. */
final class RtpStream extends DatagramStream implements RtpReceiver.Listener {
  private final RtpReceiver receiver;
  private RtpFormat format;
  private SoundFeed feed;
  private long heardNanos;

  RtpStream(
      StreamSettings settings,
      EventLoop loop,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff) {
    super(settings, loop, queue, sessions, backoff);
    this.receiver =
        new RtpReceiver(
            settings.rtp().payloads(),
            settings.rtp().jitter().toNanos(),
            settings.conditioning().channel() + 1,
            this);
    checkChannel();
  }

  /** Who sends a format without the channel is refused then; here no format has it. */
  private void checkChannel() {
    int channel = settings.conditioning().channel();
    int most =
        settings.rtp().payloads().values().stream().mapToInt(RtpFormat::channels).max().orElse(0);
    if (channel >= most) {
      throw new IllegalArgumentException(
          "channel %d of %d, allowed: 0 to %d".formatted(channel, most, most - 1));
    }
  }

  @Override
  protected void opened(InetSocketAddress address) {
    int port = address.getPort() + 1;
    if (port > NetUrl.MAX_PORT) {
      startAgain("no port for RTCP after %d, allowed: a lower one".formatted(address.getPort()));
      return;
    }
    alsoAt(
        new InetSocketAddress(address.getAddress(), port),
        "RTCP",
        (datagram, arrival) -> receiver.report(datagram.content().nioBuffer(), arrival.nanos()));
  }

  @Override
  protected void receive(DatagramPacket datagram, Moment arrival) throws IOException {
    try {
      receiver.datagram(datagram.content().nioBuffer(), arrival);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  protected void tick(long nanos) {
    if (!line.isOpen()) {
      return;
    }
    receiver.tick(nanos);
    if (nanos - heardNanos > settings.idle().toNanos()) {
      receiver.leave();
      leaves();
    }
  }

  @Override
  protected void handOnWhatWaits() {
    try {
      receiver.leave();
    } catch (UncheckedIOException e) {
      fail(e.getCause());
    }
  }

  @Override
  public void begins(RtpFormat itsFormat) {
    format = itsFormat;
    feed = new SoundFeed(line, format.encoding(), format.channels());
    try {
      begin(format.rate(), format.channels(), "RTP " + format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void sound(long position, byte[] payload, Moment arrival) {
    heardNanos = arrival.nanos();
    int frames = payload.length / (format.encoding().bytes() * format.channels());
    try {
      feed.add(position, payload, 0, frames, arrival);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void reported(long position, long micros) {
    line.reported(position, micros);
  }

  @Override
  public void leaves() {
    endSession();
    progress.waiting();
  }

  @Override
  public void refused(RtpReceiver.Refusal reason) {
    progress.refuse(reason.name().toLowerCase(Locale.ROOT));
  }
}
