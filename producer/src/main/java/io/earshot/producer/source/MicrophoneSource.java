package io.earshot.producer.source;

import io.earshot.producer.convert.SampleFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.TargetDataLine;

/**
 * A microphone through javax.sound.
 *
 * <pre>
 * MicrophoneSource.devices().forEach(System.out::println);
 * AudioSource microphone = MicrophoneSource.open(null); // the first that works
 * int samples = microphone.read(block);                 // waits for sound
 * </pre>
 *
 * <p>It records from {@link #open} on; the line holds half a second for a reader that is late. A
 * microphone that gives nothing for five seconds is gone: one that was unplugged need not say so.
 *
 * <p>Devices are looked for at each {@link #open}. What Java knows of them is renewed when their
 * number has changed; one that was exchanged for another between two looks keeps its old name.
 */
public final class MicrophoneSource implements AudioSource {
  /** What a read waits for at most, as a part of a second. */
  private static final int READS_A_SECOND = 20;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 5;

  private final TargetDataLine line;
  private final AudioShape shape;
  private final String name;
  private final Instant start;
  private final PcmReader reader;
  private final Duration patience;
  private volatile boolean stopped;

  private MicrophoneSource(TargetDataLine line, String name, Instant start, Duration patience) {
    AudioFormat format = line.getFormat();
    this.line = line;
    this.shape = new AudioShape(Math.round(format.getSampleRate()), format.getChannels());
    this.name = name;
    this.start = start;
    this.patience = patience;
    this.reader = new PcmReader(new LineInput(), SampleFormat.S16LE, shape.channels());
  }

  /** Names of the devices that can record, in the order of their index. */
  public static List<String> devices() {
    return systemMicrophones().names();
  }

  /**
   * Starts to record.
   *
   * @param device a name or part of one, or an index, of {@link #devices}; null for the first that
   *     works
   * @throws AudioException if there is no such device or it cannot be opened: one line that says
   *     what to try
   */
  public static MicrophoneSource open(String device) throws AudioException {
    return open(device, systemMicrophones(), InstantSource.system(), LONGEST_SILENCE);
  }

  static MicrophoneSource open(
      String device, Microphones microphones, InstantSource clock, Duration patience)
      throws AudioException {
    Microphones.OpenLine opened = microphones.open(device);
    opened.line().start();
    return new MicrophoneSource(opened.line(), opened.name(), clock.instant(), patience);
  }

  private static Microphones systemMicrophones() {
    return new Microphones(
        Arrays.stream(AudioSystem.getMixerInfo()).map(AudioSystem::getMixer).toList());
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    return stopped ? -1 : reader.read(interleaved);
  }

  @Override
  public AudioShape shape() {
    return shape;
  }

  /** When the line was started; later samples follow from their number. */
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
    return name;
  }

  @Override
  public void stop() {
    stopped = true;
    line.stop();
  }

  @Override
  public void close() {
    stop();
    line.close();
  }

  /** The line as a stream of bytes that ends when the source is stopped. */
  private final class LineInput extends InputStream {
    @Override
    public int read() {
      throw new UnsupportedOperationException("whole frames only");
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int frameBytes = line.getFormat().getFrameSize();
      int most = Math.min(count, frameBytes * (shape.rate() / READS_A_SECOND));
      int here = Math.min(await(frameBytes), most);
      int n = stopped ? 0 : line.read(bytes, from, here - here % frameBytes);
      if (n > 0) {
        return n;
      }
      if (stopped) {
        return -1;
      }
      throw gone();
    }

    /**
     * Bytes that are here; a frame at least, unless it was stopped. A read of the line itself would
     * wait for ever for a microphone that is gone.
     */
    private int await(int frameBytes) throws IOException {
      long begun = System.nanoTime();
      int here = line.available();
      while (here < frameBytes && !stopped) {
        if (System.nanoTime() - begun > patience.toNanos()) {
          throw gone();
        }
        pause();
        here = line.available();
      }
      return here;
    }

    private AudioException gone() {
      return new AudioException(name + ": the microphone stopped; is it unplugged?");
    }

    private static void pause() throws InterruptedIOException {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
