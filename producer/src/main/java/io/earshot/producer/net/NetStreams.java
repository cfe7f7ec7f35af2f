package io.earshot.producer.net;

import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All streams from the network, on a few threads.
 *
 * <pre>
 * try (NetStreams streams = new NetStreams(1, queue, Sessions::next)) {
 *   LiveStream stream = streams.open(StreamSettings.of("yard", "rtp://:5004"));
 *   stream.status();
 * }
 * </pre>
 *
 * <p>What goes wrong with one stream is in its status, and the others go on. Any thread.
 */
public final class NetStreams implements AutoCloseable {
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
  private static final int PATIENCE_SECONDS = 5;

  private final EventLoopGroup loops;
  private final FrameQueue queue;
  private final Supplier<String> sessions;
  private final Duration firstBackoff;
  private final IngestServers servers;
  private final ClientTls clientTls = new ClientTls();
  private final List<NetStream> streams = new ArrayList<>();

  /** Without TLS for those who send here. */
  public NetStreams(int threads, FrameQueue queue, Supplier<String> sessions) {
    this(threads, queue, sessions, (Tls) null);
  }

  /**
   * Starts the threads.
   *
   * @param threads one carries some hundred streams
   * @param queue stays open
   * @param sessions new ids
   * @param tls for {@code https} and {@code wss} that are listened to; null where there is none
   */
  public NetStreams(int threads, FrameQueue queue, Supplier<String> sessions, Tls tls) {
    this(threads, queue, sessions, FIRST_BACKOFF, new IngestServers(tls, IngestLimits.DEFAULT));
  }

  NetStreams(int threads, FrameQueue queue, Supplier<String> sessions, Duration firstBackoff) {
    this(threads, queue, sessions, firstBackoff, new IngestServers(null, IngestLimits.DEFAULT));
  }

  NetStreams(
      int threads,
      FrameQueue queue,
      Supplier<String> sessions,
      Duration firstBackoff,
      IngestServers servers) {
    this.loops = new NioEventLoopGroup(threads, new DefaultThreadFactory("earshot-network", true));
    this.queue = queue;
    this.sessions = sessions;
    this.firstBackoff = firstBackoff;
    this.servers = servers;
  }

  /** Starts a stream; that it cannot listen or connect is told by its status. */
  public LiveStream open(StreamSettings settings) {
    return start(settings);
  }

  synchronized NetStream start(StreamSettings settings) {
    EventLoop loop = loops.next();
    NetStream stream =
        switch (NetUrl.parse(settings.source()).kind()) {
          case UDP -> new UdpStream(settings, loop, queue, sessions, backoff());
          case RTP -> new RtpStream(settings, loop, queue, sessions, backoff());
          case TCP_SERVER -> new TcpServerStream(settings, loop, queue, sessions, backoff());
          case TCP_CLIENT -> new TcpClientStream(settings, loop, queue, sessions, backoff());
          case HTTP_CLIENT ->
              new HttpClientStream(settings, loop, queue, sessions, backoff(), clientTls);
          case HTTP_SERVER, WEBSOCKET_SERVER ->
              servers.open(settings, loop, queue, sessions, backoff());
        };
    streams.add(stream);
    stream.loop.execute(stream::start);
    return stream;
  }

  /** Who came by HTTP or WebSocket and meant no stream that is known, by reason. */
  public Map<String, Long> refused() {
    return servers.refused();
  }

  private Backoff backoff() {
    return new Backoff(firstBackoff, LONGEST_BACKOFF, new SplittableRandom());
  }

  /** Ends all streams, within five seconds. A second call does nothing. */
  @Override
  public synchronized void close() {
    streams.forEach(NetStream::close);
    streams.clear();
    loops.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
