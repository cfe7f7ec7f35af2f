package io.earshot.producer.net;

import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.stream.StreamSettings;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits at a path of a server for who sends by HTTP or WebSocket and has its token. */
final class IngestStream extends TcpStream {
  private final IngestServer server;
  private final Listening listening;
  private final String path;
  private final Token token;
  private final Consumer<IngestStream> left;
  private volatile InetSocketAddress local;

  /**
   * A stream that is not at its server yet.
   *
   * @param left called when it leaves the server
   * @throws IllegalArgumentException if its token or its path is not allowed
   */
  IngestStream(
      StreamSettings settings,
      IngestServer server,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff,
      Consumer<IngestStream> left) {
    super(settings, server.loop(), queue, sessions);
    this.listening = new Listening(loop, backoff, progress);
    this.server = server;
    this.path = new QueryStringDecoder(url.path().isEmpty() ? "/" + name() : url.path()).path();
    this.token = Token.of(settings.token());
    this.left = left;
    if (path.startsWith(Page.FILES)) {
      throw new IllegalArgumentException("paths below %s are the page's".formatted(Page.FILES));
    }
  }

  @Override
  void start() {
    listening.at(
        url.local(),
        server::listen,
        channel -> {
          local = (InetSocketAddress) channel.localAddress();
          progress.waiting();
        });
  }

  @Override
  InetSocketAddress localAddress() {
    return local;
  }

  IngestServer server() {
    return server;
  }

  boolean isSecure() {
    return url.secure();
  }

  /** Decoded. */
  String path() {
    return path;
  }

  Token token() {
    return token;
  }

  /** Whether somebody sends. */
  boolean isBusy() {
    return connection != null;
  }

  void refuse(Refusal refusal) {
    progress.refuse(refusal.reason());
  }

  @Override
  protected void gone() {
    progress.waiting();
  }

  @Override
  protected void release() {
    super.release();
    listening.stop();
    left.accept(this);
  }
}
