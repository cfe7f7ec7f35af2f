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
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One request of a stream, and the sound that answers it. The stream's event loop alone calls it.
 */
final class HttpClientConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final long ANSWER_SECONDS = 10;

  private final HttpClientStream stream;
  private final NetUrl target;
  private ByteSound sound;
  private IcyMetadata titles;
  private Future<?> answer;
  private boolean file;
  private boolean complete;
  private boolean broken;

  /** Null before there is sound. */
  private PacedReading reading;

  private boolean left;

  HttpClientConnection(HttpClientStream stream, NetUrl target) {
    this.stream = stream;
    this.target = target;
  }

  /** The stream wants no more of it. */
  void leave(ChannelHandlerContext context) {
    left = true;
    if (answer != null) {
      answer.cancel(false);
    }
    if (reading != null) {
      reading.leave();
    }
    Closing.close(context);
  }

  /** The stream is closed: what waits goes on, but for what has not happened yet. */
  void handOn() {
    try {
      if (reading != null) {
        reading.handOn();
      }
    } catch (IOException e) {
      stream.fail(e);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    stream.connected(context, this);
    if (left) {
      return;
    }
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
    if (isEnding()) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      throw new AudioException("no HTTP: " + message.decoderResult().cause().getMessage());
    }
    if (message instanceof HttpResponse response) {
      answered(context, response);
    }
    if (message instanceof HttpContent content && reading != null) {
      take(content.content());
      if (content instanceof LastHttpContent) {
        complete(context);
      } else {
        reading.passOn();
      }
    }
  }

  private void answered(ChannelHandlerContext context, HttpResponse response) throws IOException {
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return;
    }
    answer.cancel(false);
    String location = response.headers().get(HttpHeaderNames.LOCATION);
    if (response.status().codeClass() == HttpStatusClass.REDIRECTION && location != null) {
      leave(context);
      stream.redirected(target, location);
    } else if (response.status().codeClass() == HttpStatusClass.SUCCESS) {
      open(context, response);
    } else {
      leave(context);
      stream.refused(response.status());
    }
  }

  private void open(ChannelHandlerContext context, HttpResponse response) throws AudioException {
    String encoding = response.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new AudioException(
          "content encoding '%s', allowed: identity".formatted(ContentTypes.shown(encoding)));
    }
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
    SoundHint hint = ContentTypes.hint(type, stream.settings.raw());
    titles = IcyMetadata.of(response.headers());
    file = HttpUtil.isContentLengthSet(response) && !IcyMetadata.isRadio(response.headers());
    PacedSound paced = stream.paced(file ? PacedSound.Past.MOVED : PacedSound.Past.DROPPED);
    sound = new ByteSound(hint, paced, paced::isFull);
    reading =
        new PacedReading(
            context.channel(),
            paced,
            () -> sound,
            stream.queue::isCrowded,
            () -> over(context),
            cause -> breakOff(context, cause));
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

  /** The server has sent all of its answer. */
  private void complete(ChannelHandlerContext context) {
    complete = true;
    if (!file) {
      stream.progress.trouble("the server ended the response, asking again");
    }
    end(context);
  }

  /** No more is to come of this. */
  private void give(ChannelHandlerContext context, String why) {
    if (!isEnding()) {
      stream.progress.trouble(why);
      end(context);
    }
  }

  /** What is here already is still passed on in its time. */
  private void end(ChannelHandlerContext context) {
    if (reading == null) {
      over(context);
    } else {
      reading.end(this::broken);
    }
  }

  private void over(ChannelHandlerContext context) {
    leave(context);
    if (file && complete) {
      stream.over(this);
    } else {
      stream.gone(this);
    }
  }

  private void breakOff(ChannelHandlerContext context, Exception cause) {
    broken(cause);
    leave(context);
    stream.gone(this);
  }

  private void broken(Throwable cause) {
    broken = true;
    stream.broken(cause);
  }

  /** Whether it was told that something is wrong with its sound. */
  boolean isBroken() {
    return broken;
  }

  private boolean isEnding() {
    return left || (reading != null && reading.isEnding());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && context.channel().config().isAutoRead()) {
      give(context, "no sound for %d ms".formatted(stream.settings.idle().toMillis()));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!isEnding()) {
      broken(cause);
      end(context);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    give(context, reading == null ? "closed without an answer" : "the connection was closed");
  }
}
