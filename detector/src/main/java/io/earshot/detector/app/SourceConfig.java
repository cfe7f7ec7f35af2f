package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.StreamId;
import io.earshot.producer.rtp.RtpFormat;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;
import io.earshot.producer.stream.Pace;
import io.earshot.producer.stream.Playback;
import io.earshot.producer.stream.RawPcm;
import io.earshot.producer.stream.RtpOptions;
import io.earshot.producer.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** An entry of {@code streams} in the configuration: what {@code ./earshot producer} sends. */
@JsonNaming(SnakeCaseStrategy.class)
record SourceConfig(
    String name,
    String source,
    Integer rate,
    Integer channels,
    String encoding,
    Integer channel,
    Double gain,
    Double highPass,
    String payloads,
    Duration jitter,
    Duration idle,
    Pace pace,
    Boolean loop,
    String token) {

  SourceConfig {
    Check.that("name", name != null && StreamId.isValid(name), "1 to 128 of A-Za-z0-9._-");
    Check.notEmpty("source", source);
    Use.RAW.check(source, "rate", rate);
    Use.RAW.check(source, "channels", channels);
    Use.RAW.check(source, "encoding", encoding);
    Use.RTP.check(source, "payloads", payloads);
    Use.RTP.check(source, "jitter", jitter);
    Use.IDLE.check(source, "idle", idle);
    Use.PACE.check(source, "pace", pace);
    Use.LOOP.check(source, "loop", loop);
    Use.TOKEN.check(source, "token", token);
    rate = rate == null ? RawPcm.DEFAULT.shape().rate() : rate;
    Check.between("rate", rate, AudioShape.MIN_RATE, AudioShape.MAX_RATE);
    channels = channels == null ? 1 : channels;
    Check.between("channels", channels, 1, AudioShape.MAX_CHANNELS);
    encoding = encoding == null ? RawEncoding.S16LE.toString() : encoding;
    checked("encoding", encoding, RawEncoding::of);
    Check.that(
        "channel", channel == null || channel >= 0, "a whole number from 0, or empty for all");
    gain = gain == null ? 0 : gain;
    Check.that("gain", Math.abs(gain) <= 60, "a number from -60 to 60, dB");
    highPass = highPass == null ? 0 : highPass;
    boolean corner = highPass == 0 || (highPass >= 10 && highPass <= 4_000);
    Check.that("high_pass", corner, "0, or a number from 10 to 4000, Hz");
    payloads = payloads == null ? "" : payloads;
    checked("payloads", payloads, RtpFormat::formats);
    jitter = jitter == null ? RtpOptions.DEFAULT.jitter() : jitter;
    Check.between("jitter", jitter, "0ms", "2s");
    idle = idle == null ? Duration.ofSeconds(10) : idle;
    Check.between("idle", idle, "100ms", "1h");
    pace = pace == null ? Pace.REALTIME : pace;
    loop = loop != null && loop;
    token = token == null ? "" : token;
  }

  /** Which sources a key is for; the others would not heed it. */
  private enum Use {
    RAW("-|(?:tcp|udp|https?|wss?):.*", "-, tcp, udp, http and ws"),
    RTP("rtp:.*", "rtp"),
    IDLE("(?:tcp|udp|rtp|https?|wss?|ffmpeg):.*", "sources from the network and ffmpeg"),
    PACE("-|(?:file|ffmpeg):.*", "file, ffmpeg and -"),
    LOOP("(?:file|ffmpeg):.*", "file and ffmpeg"),
    TOKEN(
        "wss?:.*|https?://(?::.*|.*\\?listen(?:=1)?)",
        "servers, which ws: is, and http: where ?listen is behind the address");

    private final Pattern sources;
    private final String text;

    Use(String sources, String text) {
      // A source that stands in the environment is not known yet.
      this.sources = Pattern.compile("\\$\\{.*|" + sources, Pattern.CASE_INSENSITIVE);
      this.text = text;
    }

    void check(String source, String key, Object value) {
      boolean heeded = value == null || sources.matcher(source).matches();
      Check.that(key, heeded, "left out: it is for " + text);
    }
  }

  /** What reads a value, or says what is allowed. */
  private interface Reader {
    Object read(String text);
  }

  private static void checked(String key, String text, Reader reader) {
    try {
      var unused = reader.read(text);
    } catch (IllegalArgumentException e) {
      throw new Check.BadValue(key, "is wrong: " + e.getMessage());
    }
  }

  /** Refuses two of one name. */
  static List<SourceConfig> checked(List<SourceConfig> sources) {
    if (sources == null) {
      return List.of();
    }
    for (int i = 0; i < sources.size(); i++) {
      String key = "streams[" + i + "]";
      SourceConfig source = sources.get(i);
      Check.that(key, source != null, "keys and values: name, source and so on");
      boolean first = sources.stream().limit(i).noneMatch(it -> it.name().equals(source.name()));
      Check.that(key + ".name", first, "another than other streams have: " + source.name());
    }
    return List.copyOf(sources);
  }

  /**
   * What the stream is started with.
   *
   * @param variables fills in what the environment holds
   * @throws UserException if a variable is not set
   */
  StreamSettings settings(Variables variables) throws UserException {
    String key = "streams, " + name;
    return StreamSettings.of(name, variables.in(source, key + ".source"))
        .with(new RawPcm(new AudioShape(rate, channels), RawEncoding.of(encoding)))
        .with(
            new Conditioning(channel == null ? Conditioning.ALL_CHANNELS : channel, gain, highPass))
        .with(new RtpOptions(RtpFormat.formats(payloads), jitter))
        .withIdle(idle)
        .with(new Playback(pace, loop))
        .withToken(variables.in(token, key + ".token"));
  }

  /** Without what may be a secret. */
  @Override
  public String toString() {
    return "SourceConfig[" + name + "]";
  }
}
