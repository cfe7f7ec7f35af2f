package io.earshot.producer.net;

import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.stream.StreamSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Asks a server for sound by HTTP. Each answer is a session.
 *
 * <p>An answer that says its length is a file: when all of it was heard the stream is closed, or,
 * with {@code loop}, asks for it again. One without, or with the headers of a radio ({@code icy-}),
 * is live: when it ends, and when a file is cut off, the server is asked again. What it then
 * repeats of live sound is not heard twice.
 */
final class HttpClientStream extends NetStream {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int MOST_REDIRECTS = 5;

  /** What will not be otherwise soon. */
  private static final Set<Integer> LASTING = Set.of(401, 403, 404, 410);

  /** Between the end of a file and its beginning. */
  private static final Duration LOOP_PAUSE = Duration.ofMillis(500);

  private final Backoff backoff;
  private final ClientTls tls;
  private final Heard heard = new Heard();
  private int redirects;
  private Future<?> nextTry;

  /** The one that is heard; null if there is none. */
  private HttpClientConnection connection;

  private ChannelHandlerContext context;

  /** Published before that one. */
  private long framesBefore;

  HttpClientStream(
      StreamSettings settings,
      EventLoop loop,
      FrameQueue queue,
      Supplier<String> sessions,
      Backoff backoff,
      ClientTls tls) {
    super(settings, loop, queue, sessions);
    this.backoff = backoff;
    this.tls = tls;
  }

  @Override
  void start() {
    redirects = 0;
    connect(url);
  }

  @Override
  InetSocketAddress localAddress() {
    return null;
  }

  private void connect(NetUrl target) {
    progress.connecting();
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .resolver(NameLookup.INSTANCE)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.RCVBUF_ALLOCATOR, TcpStream.READING)
        .handler(initializer(target))
        .connect(target.host(), target.port())
        .addListener(
            (ChannelFuture connected) -> {
              if (!connected.isSuccess() && !progress.isOver()) {
                progress.trouble(connected.cause());
                tryAgain(backoff.next(line.counts().frames()));
              }
            });
  }

  private ChannelInitializer<SocketChannel> initializer(NetUrl target) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) throws SSLException {
        long idle = settings.idle().toMillis();
        channel.pipeline().addLast(new IdleStateHandler(idle, 0, 0, TimeUnit.MILLISECONDS));
        if (target.secure()) {
          channel.pipeline().addLast(tls.handler(channel.alloc(), target));
        }
        channel
            .pipeline()
            .addLast(new IcyStatusLine())
            .addLast(new HttpClientCodec())
            .addLast(new HttpClientConnection(HttpClientStream.this, target));
      }
    };
  }

  void connected(ChannelHandlerContext itsContext, HttpClientConnection itsConnection) {
    if (progress.isOver()) {
      itsConnection.leave(itsContext);
      return;
    }
    connection = itsConnection;
    context = itsContext;
    framesBefore = line.counts().frames();
    progress.waiting();
  }

  /** The answer is elsewhere. Where another answers, it must not know the password. */
  void redirected(NetUrl from, String location) {
    connection = null;
    redirects++;
    try {
      if (redirects > MOST_REDIRECTS) {
        throw new IllegalArgumentException("more than %d redirects".formatted(MOST_REDIRECTS));
      }
      connect(from.redirected(location));
    } catch (IllegalArgumentException e) {
      progress.trouble(e);
      tryAgain(backoff.longest());
    }
  }

  void refused(HttpResponseStatus status) {
    connection = null;
    progress.trouble(ContentTypes.shown("HTTP " + status));
    tryAgain(
        LASTING.contains(status.code()) ? backoff.longest() : backoff.next(line.counts().frames()));
  }

  void broken(Throwable cause) {
    Throwable reason = cause;
    while (reason instanceof DecoderException && reason.getCause() != null) {
      reason = reason.getCause();
    }
    if (queue.hasFailed()) {
      fail(reason);
      return;
    }
    if (reason instanceof AudioException || reason instanceof IllegalArgumentException) {
      progress.refuse("not_understood");
    }
    progress.trouble(reason);
  }

  /** What an answer brings, in its time. */
  PacedSound paced(PacedSound.Past past) {
    return new PacedSound(listener(), heard, past);
  }

  /** All of a file was heard. */
  void over(HttpClientConnection itsConnection) {
    if (itsConnection != connection) {
      return;
    }
    connection = null;
    endSession();
    if (line.counts().frames() == framesBefore) {
      if (!itsConnection.isBroken()) {
        progress.trouble("there was no sound in the answer, asking again");
      }
      tryAgain(backoff.next(framesBefore));
    } else if (settings.playback().loop()) {
      tryAgain(LOOP_PAUSE);
    } else {
      release();
      progress.closed();
    }
  }

  /** All that was to be heard of an answer was heard. */
  void gone(HttpClientConnection itsConnection) {
    if (itsConnection == connection) {
      connection = null;
      endSession();
      tryAgain(backoff.next(line.counts().frames()));
    }
  }

  @Override
  protected void handOnWhatWaits() {
    if (connection != null) {
      connection.handOn();
    }
  }

  private void tryAgain(Duration wait) {
    if (progress.isOver()) {
      return;
    }
    progress.connecting();
    nextTry = loop.schedule(this::start, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void release() {
    if (connection != null) {
      connection.leave(context);
      connection = null;
    }
    if (nextTry != null) {
      nextTry.cancel(false);
    }
  }
}
