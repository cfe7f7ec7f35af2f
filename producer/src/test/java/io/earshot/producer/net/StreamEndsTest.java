package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.rtp.RtpFormat;
import io.earshot.producer.stream.RtpOptions;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How streams end that are closed, or whose frames nobody takes any more. */
@Timeout(60)
class StreamEndsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int PACKET_SAMPLES = 160;

  private final List<Frame> frames = new CopyOnWriteArrayList<>();

  @Test
  void whatWaitsForAMissingPacketIsPublishedAtTheEnd() throws Exception {
    StreamSettings settings =
        StreamSettings.of("rtp", "rtp://127.0.0.1:0")
            .with(new RtpOptions(RtpFormat.formats("97=L16/16000"), Duration.ofSeconds(2)));
    try (FrameQueue queue = new FrameQueue(frames::add, 100);
        NetStreams streams = new NetStreams(1, queue, () -> "s");
        DatagramSocket socket = new DatagramSocket()) {
      NetStream stream = streams.start(settings);
      await().until(() -> stream.status().state() == State.WAITING);
      int port = stream.localAddress().getPort();
      for (int number : new int[] {1, 2, 3, 5, 6}) {
        byte[] packet = packet(number);
        socket.send(new DatagramPacket(packet, packet.length, HERE, port));
      }
      await().until(() -> stream.status().state() == State.RUNNING);
      // Datagrams of one socket come in their order: this one is refused when the others are here.
      socket.send(new DatagramPacket(new byte[1], 1, HERE, port));
      await().until(() -> stream.status().refused().containsKey("not_rtp"));
      stream.close();
      await().until(() -> stream.status().state() == State.CLOSED);
      await().until(() -> !frames.isEmpty() && frames.get(frames.size() - 1).end());
      assertThat(frames.stream().mapToInt(Frame::samples).sum()).isEqualTo(5 * PACKET_SAMPLES);
      assertThat(stream.status().counts().missingMillis()).isEqualTo(10);
    }
  }

  /** Whatever may befall it. */
  @Test
  void aSocketThatIsClosedEndsASessionAndTheNextOneHearsTheSameSender() throws Exception {
    StreamSettings settings =
        StreamSettings.of("rtp", "rtp://127.0.0.1:0")
            .with(new RtpOptions(RtpFormat.formats("97=L16/16000"), Duration.ofMillis(60)));
    Backoff backoff =
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), new SplittableRandom());
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    try (FrameQueue queue = new FrameQueue(frames::add, 100);
        DatagramSocket socket = new DatagramSocket()) {
      NetStream stream = new RtpStream(settings, loops.next(), queue, () -> "s", backoff);
      stream.loop.execute(stream::start);
      for (int session = 0; session < 2; session++) {
        await().until(() -> stream.status().state() == State.WAITING);
        int port = stream.localAddress().getPort();
        for (int number = 1; number <= 20; number++) {
          byte[] packet = packet(20 * session + number);
          socket.send(new DatagramPacket(packet, packet.length, HERE, port));
        }
        await().until(() -> stream.status().state() == State.RUNNING);
        socket.send(new DatagramPacket(new byte[1], 1, HERE, port));
        long here = session + 1;
        await().until(() -> stream.status().refused().getOrDefault("not_rtp", 0L) == here);
        closeSockets(stream);
      }
      await().until(() -> frames.stream().filter(Frame::end).count() == 2);
      assertThat(frames.stream().mapToInt(Frame::samples).sum()).isEqualTo(40 * PACKET_SAMPLES);
      stream.close();
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static void closeSockets(NetStream stream) throws Exception {
    SingleThreadEventLoop loop = (SingleThreadEventLoop) stream.loop;
    List<Channel> sockets = new ArrayList<>();
    loop.submit(() -> loop.registeredChannelsIterator().forEachRemaining(sockets::add)).get();
    sockets.forEach(Closing::close);
  }

  /** RFC 3551: PCMU is payload type 0 and has one channel. */
  @Test
  void whoSendsByRtpWithoutTheChannelDoesNotEndTheStream() throws Exception {
    StreamSettings right =
        StreamSettings.of("rtp", "rtp://127.0.0.1:0")
            .with(new RtpOptions(RtpFormat.formats("97=L16/16000/2"), Duration.ofMillis(60)))
            .with(new Conditioning(1, 0, 0));
    try (FrameQueue queue = new FrameQueue(frames::add, 100);
        NetStreams streams = new NetStreams(1, queue, () -> "s");
        DatagramSocket socket = new DatagramSocket()) {
      NetStream stream = streams.start(right);
      await().until(() -> stream.status().state() == State.WAITING);
      int port = stream.localAddress().getPort();
      for (int number = 1; number <= 3; number++) {
        byte[] mono = packet(number);
        mono[1] = 0;
        socket.send(new DatagramPacket(mono, mono.length, HERE, port));
      }
      await().until(() -> stream.status().refused().containsKey("no_such_channel"));
      for (int number = 11; number <= 20; number++) {
        byte[] stereo = packet(number);
        socket.send(new DatagramPacket(stereo, stereo.length, HERE, port));
      }
      await().until(() -> stream.status().state() == State.RUNNING);
      assertThat(stream.status().refused()).containsOnly(Map.entry("no_such_channel", 3L));
      assertThat(stream.status().format()).isEqualTo("RTP L16, 16000 Hz, 2 channels");
    }
  }

  @Test
  void aChannelThatNoPayloadHasIsRefused() throws Exception {
    StreamSettings third =
        StreamSettings.of("rtp", "rtp://127.0.0.1:0").with(new Conditioning(2, 0, 0));
    try (FrameQueue queue = new FrameQueue(frames::add, 100);
        NetStreams streams = new NetStreams(1, queue, () -> "s")) {
      assertThatThrownBy(() -> streams.start(third)).hasMessage("channel 2 of 2, allowed: 0 to 1");
    }
  }

  @Test
  void aLookAtTheClockThatThrowsIsNotTheLast() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    try (FrameQueue queue = new FrameQueue(frames::add, 100)) {
      StreamSettings settings = StreamSettings.of("yard", "udp://127.0.0.1:0");
      Backoff backoff =
          new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), new SplittableRandom());
      DatagramStream stream =
          new DatagramStream(settings, loops.next(), queue, () -> "s", backoff) {
            @Override
            protected void opened(InetSocketAddress address) {
              ready();
            }

            @Override
            protected void receive(io.netty.channel.socket.DatagramPacket datagram, Moment now) {}

            @Override
            protected void tick(long nanos) {
              if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
              }
            }
          };
      stream.loop.execute(stream::start);
      await().until(() -> looks.get() > 2);
      assertThat(stream.status().state()).isEqualTo(State.WAITING);
      assertThat(stream.status().problem()).isEqualTo("once");
      stream.close();
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  @Test
  void tcpStreamsFailWithTheirSink() throws Exception {
    FrameQueue broken =
        new FrameQueue(
            frame -> {
              throw new IOException("Kafka is gone");
            },
            100);
    try (NetStreams streams = new NetStreams(1, broken, () -> "s");
        ServerSocket server = new ServerSocket(0, 1, HERE)) {
      NetStream listens = streams.start(StreamSettings.of("a", "tcp://127.0.0.1:0?listen"));
      NetStream goes =
          streams.start(StreamSettings.of("b", "tcp://127.0.0.1:" + server.getLocalPort()));
      await().until(() -> listens.localAddress() != null);
      try (Socket sender = new Socket(HERE, listens.localAddress().getPort());
          Socket sends = server.accept()) {
        for (NetStream stream : List.of(listens, goes)) {
          Socket socket = stream == listens ? sender : sends;
          await()
              .ignoreExceptions() // it is closed when the stream has failed
              .until(
                  () -> {
                    if (stream.status().state() != State.FAILED) {
                      socket.getOutputStream().write(new byte[6400]);
                    }
                    return stream.status().state() == State.FAILED;
                  });
          assertThat(stream.status().problem()).isEqualTo("Kafka is gone");
        }
      }
    }
  }

  /** RFC 3550: version 2, payload type 97. */
  private static byte[] packet(int number) {
    ByteBuffer packet = ByteBuffer.allocate(12 + 2 * PACKET_SAMPLES);
    packet.put((byte) 0x80).put((byte) 97).putShort((short) number);
    packet.putInt(number * PACKET_SAMPLES).putInt(7);
    return packet.array();
  }
}
