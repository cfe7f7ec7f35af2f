package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.stream.StreamSettings;
import io.netty.channel.Channel;
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

  /** Who sends; null if nobody does. */
  private Sender sender;

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
    try {
      server.checkTls();
    } catch (IllegalArgumentException e) {
      fail(e);
      return;
    }
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

  /** Whether somebody may come now: nobody is here, or only who seems to have lost his way. */
  boolean hasRoom(Moment now) {
    return !isBusy() || (sender != null && sender.isAway(now));
  }

  void refuse(Refusal refusal) {
    progress.refuse(refusal.reason());
  }

  /** In the place of whoever was here. */
  void takenBy(Channel channel, Sender itsSender) {
    if (sender != null) {
      sender.giveWay();
    }
    sender = itsSender;
    connected(channel, itsSender);
  }

  @Override
  protected void gone() {
    sender = null;
    progress.waiting();
  }

  @Override
  protected void release() {
    super.release();
    listening.stop();
    left.accept(this);
  }
}
