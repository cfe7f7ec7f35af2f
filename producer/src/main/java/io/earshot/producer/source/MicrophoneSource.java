package io.earshot.producer.source;

import io.earshot.producer.convert.SampleFormat;
import java.io.IOException;
import java.io.InputStream;
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
 * <p>It records from {@link #open} on; the line holds half a second for a reader that is late.
 */
public final class MicrophoneSource implements AudioSource {
  /** What a read waits for at most, as a part of a second. */
  private static final int READS_A_SECOND = 20;

  private final TargetDataLine line;
  private final AudioShape shape;
  private final String name;
  private final Instant start;
  private final PcmReader reader;
  private volatile boolean stopped;

  private MicrophoneSource(TargetDataLine line, String name, Instant start) {
    AudioFormat format = line.getFormat();
    this.line = line;
    this.shape = new AudioShape(Math.round(format.getSampleRate()), format.getChannels());
    this.name = name;
    this.start = start;
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
    return open(device, systemMicrophones(), InstantSource.system());
  }

  static MicrophoneSource open(String device, Microphones microphones, InstantSource clock)
      throws AudioException {
    Microphones.OpenLine opened = microphones.open(device);
    opened.line().start();
    return new MicrophoneSource(opened.line(), opened.name(), clock.instant());
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
      int most = line.getFormat().getFrameSize() * (shape.rate() / READS_A_SECOND);
      int n = line.read(bytes, from, Math.min(count, most));
      if (n > 0) {
        return n;
      }
      if (stopped) {
        return -1;
      }
      // A running line waits for sound: it returns without any only when it is gone.
      throw new AudioException(name + ": the microphone stopped; is it unplugged?");
    }
  }
}
