package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.source.AudioException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One request of a stream, and the sound that answers it. While that is ahead of its time, or
 * frames do not get away, it does not read: TCP holds the server. The stream's event loop alone
 * calls it.
 */
final class HttpClientConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final long ANSWER_SECONDS = 10;
  private static final long CROWDED_NANOS = 20_000_000L;

  /** No look at the clock is nearer than this. */
  private static final long LEAST_NANOS = 5_000_000L;

  private final HttpClientStream stream;
  private final NetUrl target;
  private final PacedSound paced;
  private ByteSound sound;
  private IcyMetadata titles;
  private Future<?> answer;
  private Future<?> look;
  private boolean ending;
  private boolean left;

  HttpClientConnection(HttpClientStream stream, NetUrl target) {
    this.stream = stream;
    this.target = target;
    this.paced = new PacedSound(stream.listener());
  }

  /** The stream wants no more of it. */
  void leave(ChannelHandlerContext context) {
    left = true;
    cancel(answer);
    cancel(look);
    Closing.close(context);
  }

  /** The stream is closed: what waits goes on, but for what has not happened yet. */
  void handOn() {
    paced.end();
    try {
      paced.passOn(Moment.now());
    } catch (IOException e) {
      stream.fail(e);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    stream.connected(context, this);
    var unused = context.writeAndFlush(HttpRequests.get(target));
    answer =
        context
            .executor()
            .schedule(
                () -> give(context, "no answer for %d s".formatted(ANSWER_SECONDS)),
                ANSWER_SECONDS,
                TimeUnit.SECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message)
      throws IOException {
    if (left || ending) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      throw new AudioException("no HTTP: " + message.decoderResult().cause().getMessage());
    }
    if (message instanceof HttpResponse response) {
      answered(context, response);
    }
    if (message instanceof HttpContent content && sound != null) {
      take(content.content());
      if (content instanceof LastHttpContent) {
        stream.progress.trouble("the server ended the response, asking again");
        end(context);
      }
      paceFrom(context);
    }
  }

  private void answered(ChannelHandlerContext context, HttpResponse response) throws IOException {
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return;
    }
    cancel(answer);
    String location = response.headers().get(HttpHeaderNames.LOCATION);
    if (response.status().codeClass() == HttpStatusClass.REDIRECTION && location != null) {
      leave(context);
      stream.redirected(target, location);
    } else if (response.status().codeClass() == HttpStatusClass.SUCCESS) {
      open(response);
    } else {
      leave(context);
      stream.refused(response.status());
    }
  }

  private void open(HttpResponse response) throws AudioException {
    String encoding = response.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new AudioException(
          "content encoding '%s', allowed: identity".formatted(ContentTypes.shown(encoding)));
    }
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
    sound = new ByteSound(ContentTypes.hint(type, stream.settings.raw()), paced);
    String interval = response.headers().get("icy-metaint", "0");
    if (!interval.strip().matches("\\d{1,9}")) {
      throw new AudioException(
          "icy-metaint '%s', allowed: a number".formatted(ContentTypes.shown(interval)));
    }
    int bytes = Integer.parseInt(interval.strip());
    titles = bytes > 0 ? new IcyMetadata(bytes) : null;
  }

  private void take(ByteBuf bytes) throws IOException {
    Moment now = Moment.now();
    ByteBuffer all = bytes.nioBuffer();
    if (titles == null) {
      sound.add(all, now);
    } else {
      titles.pass(all, only -> sound.add(only, now));
    }
  }

  /** No more comes; what is here already is still passed on in its time. */
  private void end(ChannelHandlerContext context) throws IOException {
    if (ending || left) {
      return;
    }
    ending = true;
    cancel(answer);
    try {
      if (sound != null) {
        sound.end(Moment.now());
      }
    } finally {
      paced.end();
      paceFrom(context);
    }
  }

  /** Passes on what is due, and looks again when more is. */
  private void paceFrom(ChannelHandlerContext context) throws IOException {
    boolean crowded = stream.queue.isCrowded();
    long wait = crowded ? CROWDED_NANOS : paced.passOn(Moment.now());
    if (ending && paced.isEmpty()) {
      leave(context);
      stream.gone(this);
      return;
    }
    context.channel().config().setAutoRead(!crowded && !paced.isFull());
    cancel(look);
    if (wait > 0) {
      long nanos = Math.max(LEAST_NANOS, wait);
      look = context.executor().schedule(() -> lookAgain(context), nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void lookAgain(ChannelHandlerContext context) {
    try {
      if (!left) {
        paceFrom(context);
      }
    } catch (IOException | RuntimeException e) {
      stream.broken(e);
      leave(context);
      stream.gone(this);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && context.channel().config().isAutoRead() && !ending) {
      give(context, "no sound for %d ms".formatted(stream.settings.idle().toMillis()));
    }
  }

  private void give(ChannelHandlerContext context, String why) {
    stream.progress.trouble(why);
    endQuietly(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!left && !ending) {
      stream.broken(cause);
      endQuietly(context);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!left && !ending) {
      stream.progress.trouble(
          sound == null ? "closed without an answer" : "the connection was closed");
      endQuietly(context);
    }
  }

  private void endQuietly(ChannelHandlerContext context) {
    try {
      end(context);
    } catch (IOException | RuntimeException e) {
      // What went wrong first is told already; this is of the same kind.
      leave(context);
      stream.gone(this);
    }
  }

  private static void cancel(Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
