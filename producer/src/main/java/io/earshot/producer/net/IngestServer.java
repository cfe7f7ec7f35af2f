package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Listens at one address for all streams there, and tells who may send to which. It and its streams
 * are on one event loop; all but {@link #add} and {@link #remove} is called by that.
 */
final class IngestServer {
  private final boolean secure;
  private final Supplier<SslContext> tls;
  private final EventLoop loop;
  private final IngestLimits limits;
  private final Refused refused;
  private final Map<String, IngestStream> streams = new ConcurrentHashMap<>();

  private final Strangers strangers;

  private ChannelFuture bound;

  /**
   * A server that does not listen yet.
   *
   * @param tls gives null without, and throws what is wrong with it
   */
  IngestServer(
      boolean secure,
      Supplier<SslContext> tls,
      EventLoop loop,
      IngestLimits limits,
      Refused refused) {
    this.secure = secure;
    this.tls = tls;
    this.loop = loop;
    this.limits = limits;
    this.refused = refused;
    this.strangers = new Strangers(limits.strangers(), refused);
  }

  EventLoop loop() {
    return loop;
  }

  IngestLimits limits() {
    return limits;
  }

  /**
   * Has one stream more.
   *
   * @throws IllegalArgumentException if another one is in its way
   */
  void add(IngestStream stream) {
    if (stream.isSecure() != secure) {
      IngestStream any = streams.values().iterator().next();
      throw inTheWay(stream, any, "a port is with TLS or without");
    }
    IngestStream other = streams.putIfAbsent(stream.path(), stream);
    if (other != null) {
      throw inTheWay(stream, other, "each needs a path of its own");
    }
  }

  private static IllegalArgumentException inTheWay(
      IngestStream stream, IngestStream other, String why) {
    return new IllegalArgumentException(
        "%s and stream %s (%s) get in each other's way, %s"
            .formatted(stream.name(), other.name(), other.source(), why));
  }

  /** Has one stream less; whether that was the last. */
  boolean remove(IngestStream stream) {
    return streams.remove(stream.path(), stream) && streams.isEmpty();
  }

  /**
   * Whether its TLS can be had.
   *
   * @throws IllegalArgumentException if not
   */
  void checkTls() {
    var unused = tls.get();
  }

  /** Listens, or does already, or tried and is to try again. */
  ChannelFuture listen(InetSocketAddress address) {
    if (bound == null || (bound.isDone() && !bound.isSuccess())) {
      bound =
          new ServerBootstrap()
              .group(loop)
              .channel(NioServerSocketChannel.class)
              .childHandler(initializer(tls.get()))
              .bind(address);
    }
    return bound;
  }

  /** Nobody is left to send to. */
  void close() {
    if (bound != null) {
      var unused = bound.addListener((ChannelFuture it) -> Closing.close(it.channel()));
    }
    strangers.closeAll();
  }

  /** Whether who sends these headers may send to the stream at that path, now. */
  Admission admit(String path, HttpHeaders headers) {
    if (Credentials.isOtherOrigin(headers)) {
      return Admission.refused(Refusal.OTHER_ORIGIN);
    }
    String token = Credentials.token(headers);
    if (token.isEmpty()) {
      return Admission.refused(Refusal.NO_TOKEN);
    }
    Token shown = Token.shown(token);
    IngestStream wanted = null;
    boolean known = false;
    // All of them, so that neither answer nor time tells a stranger which paths there are.
    for (IngestStream stream : streams.values()) {
      boolean right = stream.token().matches(shown);
      known |= right;
      if (right && stream.path().equals(path)) {
        wanted = stream;
      }
    }
    if (wanted == null) {
      return Admission.refused(known ? Refusal.NO_SUCH_STREAM : Refusal.WRONG_TOKEN);
    }
    return wanted.hasRoom(Moment.now())
        ? Admission.of(wanted)
        : Admission.refused(Refusal.OTHER_SOURCE);
  }

  /** Counts it with the stream that was meant, or with none. */
  void refuse(String path, Refusal refusal) {
    IngestStream meant = streams.get(path);
    if (meant == null) {
      refused.count(refusal);
    } else {
      meant.refuse(refusal);
    }
  }

  /** Is a stranger no longer. */
  void trust(Channel channel) {
    strangers.trust(channel);
  }

  /**
   * All that is there is read at once, unlike from a client's server: ffmpeg ends SOURCE with a
   * reset, and what was not read by then is lost.
   */
  private ChannelInitializer<SocketChannel> initializer(SslContext context) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        strangers.enter(channel);
        FirstByte first = new FirstByte();
        channel.pipeline().addLast(first);
        if (context != null) {
          channel.pipeline().addLast(Handshakes.handler(context, channel));
        }
        channel
            .pipeline()
            .addLast(new HttpRequestDecoder(decoding()))
            .addLast(new HttpResponseEncoder())
            .addLast(new IngestConnection(IngestServer.this, first));
      }
    };
  }

  private static HttpDecoderConfig decoding() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(IngestLimits.LINE_BYTES)
        .setMaxHeaderSize(IngestLimits.HEADER_BYTES);
  }
}
