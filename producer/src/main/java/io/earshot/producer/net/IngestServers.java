package io.earshot.producer.net;

import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The servers to which sound is sent by HTTP and WebSocket: one for each host and port, as long as
 * a stream is there. Any thread.
 */
final class IngestServers {
  /**
   * Where a server is.
   *
   * @param freeSecure whether TLS is on a free port, which is another than the free one without
   */
  private record Address(InetSocketAddress local, boolean freeSecure) {}

  private final Tls tls;
  private final IngestLimits limits;
  private final Refused refused = new Refused();
  private final Map<Address, IngestServer> servers = new HashMap<>();

  /**
   * None yet.
   *
   * @param tls null where nobody is to come by TLS
   */
  IngestServers(Tls tls, IngestLimits limits) {
    this.tls = tls;
    this.limits = limits;
  }

  /**
   * A stream, yet to be started.
   *
   * @param loop for its server, if that is not there yet
   * @throws IllegalArgumentException if it can have no place there
   */
  synchronized IngestStream open(
      StreamSettings settings,
      EventLoop loop,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff) {
    NetUrl url = NetUrl.parse(settings.source());
    Address address = new Address(url.local(), url.port() == 0 && url.secure());
    IngestServer server = servers.get(address);
    if (server == null) {
      server = new IngestServer(url.secure(), context(url), loop, limits, refused);
    }
    IngestStream stream = new IngestStream(settings, server, queue, sessions, backoff, this::left);
    server.add(stream);
    servers.put(address, server);
    return stream;
  }

  /** Who was refused and meant no stream that is known, by reason. */
  Map<String, Long> refused() {
    return refused.counts();
  }

  /** Called by the server's event loop. */
  private synchronized void left(IngestStream stream) {
    IngestServer server = stream.server();
    if (server.remove(stream)) {
      server.close();
      servers.values().remove(server);
    }
  }

  /** Trouble with the keystore is that of the streams there, when they listen; others go on. */
  private Supplier<SslContext> context(NetUrl url) {
    if (!url.secure()) {
      return () -> null;
    }
    try {
      SslContext context = keystore().context();
      return () -> context;
    } catch (IllegalArgumentException e) {
      return () -> {
        throw e;
      };
    }
  }

  private Tls keystore() {
    if (tls == null) {
      throw new IllegalArgumentException(
          "TLS needs a keystore, set ingest.keystore and ingest.password");
    }
    return tls;
  }
}
