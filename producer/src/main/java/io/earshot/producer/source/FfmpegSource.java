package io.earshot.producer.source;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anything that ffmpeg reads, by a process of it that lives as long as the source.
 *
 * <pre>
 * FfmpegInput input = FfmpegInput.parse("rtsp://camera/1");
 * AudioSource source = FfmpegSource.open(input, Duration.ofSeconds(10), () -&gt; false);
 * </pre>
 *
 * <p>A file ends, and so does what HTTP brings if ffmpeg ends with status 0 and knew how long it
 * was; an answer without a length is live, and one that ends has broken off.
 *
 * <p>It writes WAV, whose header tells rate and channels, and is killed when the source is closed.
 * When this process is killed its next write fails, and it ends. What it says is read by a thread
 * of its own.
 */
public final class FfmpegSource implements AudioSource {
  private static final Logger log = LoggerFactory.getLogger(FfmpegSource.class);
  private static final String PROGRAM = "ffmpeg";

  /** To connect and to find out what there is takes so long at most. */
  private static final Duration LONGEST_START = Duration.ofSeconds(15);

  private static final int HEADER_STEP = 512;
  private static final long PATIENCE_MILLIS = 1_000;

  private final FfmpegInput input;
  private final BooleanSupplier cancelled;
  private final Process process;
  private final Thread listener;
  private final FfmpegMessages said = new FfmpegMessages();
  private final Instant start = Instant.now();
  private AudioShape shape;
  private PcmReader reader;
  private volatile boolean stopped;

  private FfmpegSource(FfmpegInput input, BooleanSupplier cancelled, Process process) {
    this.input = input;
    this.cancelled = cancelled;
    this.process = process;
    this.listener = new Thread(this::listen, "earshot-ffmpeg-messages");
    listener.setDaemon(true);
  }

  /**
   * Starts ffmpeg and waits for the first sound.
   *
   * @param idle how long to wait for more sound, and at least for the first
   * @param cancelled makes it give up
   * @throws MissingProgramException if ffmpeg is not installed
   * @throws AudioException if there is no sound: one line with what ffmpeg says
   */
  public static FfmpegSource open(FfmpegInput input, Duration idle, BooleanSupplier cancelled)
      throws IOException {
    return open(PROGRAM, input, idle, cancelled);
  }

  static FfmpegSource open(
      String program, FfmpegInput input, Duration idle, BooleanSupplier cancelled)
      throws IOException {
    FfmpegSource source = new FfmpegSource(input, cancelled, start(program, input, idle));
    try {
      source.listener.start();
      source.begin(idle);
      return source;
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static Process start(String program, FfmpegInput input, Duration idle)
      throws IOException {
    try {
      Process process = new ProcessBuilder(input.command(program, idle)).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      if (!isInstalled(program)) {
        throw new MissingProgramException(
            program + " is not installed or not in PATH; sudo apt install ffmpeg, or ffmpeg.org",
            e);
      }
      throw new AudioException(e.getMessage(), e);
    }
  }

  private static boolean isInstalled(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void begin(Duration idle) throws IOException {
    Duration first = idle.compareTo(LONGEST_START) < 0 ? LONGEST_START : idle;
    ProcessOutput output = new ProcessOutput(process, first, this::isStopped);
    PushbackInputStream in = new PushbackInputStream(output, 2 * WavHeader.MAX_BYTES);
    WavHeader header = header(in);
    shape = header.shape();
    reader = new PcmReader(in, header.encoding(), shape.channels());
    output.setPatience(idle);
  }

  private WavHeader header(PushbackInputStream in) throws IOException {
    byte[] bytes = new byte[2 * WavHeader.MAX_BYTES];
    Optional<WavHeader> header = Optional.empty();
    int filled = 0;
    while (header.isEmpty()) {
      int n = in.read(bytes, filled, HEADER_STEP);
      if (n < 0) {
        throw isStopped() ? new AudioException("ffmpeg: stopped") : failure();
      }
      filled += n;
      header = WavHeader.parse(ByteBuffer.wrap(bytes, 0, filled));
    }
    in.unread(bytes, header.get().bytes(), filled - header.get().bytes());
    return header.get();
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    int samples = reader.read(interleaved);
    if (samples < 0 && !isStopped() && !isDone()) {
      throw failure();
    }
    return samples;
  }

  /** What has a length ends; whatever else ends has broken off. */
  private boolean isDone() throws IOException {
    if (input.kind() == FfmpegInput.Kind.LIVE || !awaitEnd() || process.exitValue() != 0) {
      return false;
    }
    if (input.kind() != FfmpegInput.Kind.FILE) {
      return said.isFinite();
    }
    said.lastError().ifPresent(words -> log.warn("{}: {}", input.address(), words));
    return true;
  }

  private AudioException failure() throws IOException {
    boolean ended = awaitEnd();
    if (said.tellOfNoSound()) {
      return new AudioException("ffmpeg finds no sound in it");
    }
    String otherwise =
        !ended || process.exitValue() == 0
            ? "the sound has ended"
            : "ended with status " + process.exitValue();
    return new AudioException("ffmpeg: " + said.lastError().orElse(otherwise));
  }

  /** Also for its last words. */
  private boolean awaitEnd() throws IOException {
    try {
      boolean ended = process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      listener.join(PATIENCE_MILLIS);
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void listen() {
    byte[] bytes = new byte[4096];
    try (InputStream errors = process.getErrorStream()) {
      for (int n; (n = errors.read(bytes)) >= 0; ) {
        said.add(bytes, n);
      }
    } catch (IOException e) {
      // the source was closed
    }
  }

  @Override
  public AudioShape shape() {
    return shape;
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public long totalFrames() {
    return -1;
  }

  @Override
  public String name() {
    return PROGRAM;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private boolean isStopped() {
    return stopped || cancelled.getAsBoolean();
  }

  /** Ends the process, by force if it has not ended after a second. */
  @Override
  public void close() {
    stop();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
