package io.earshot.producer.source;

import io.earshot.producer.convert.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.UnsupportedAudioFileException;
import javax.sound.sampled.spi.AudioFileReader;

/** WAV, AIFF and AU, whose headers the JDK reads; the samples are decoded here. */
final class JavaSoundDecoder implements AudioDecoder {
  /** Programs that write to a pipe announce about 2 or 4 GiB: they cannot know. */
  private static final long PLACEHOLDER_BYTES = 0x7fff_0000L;

  private final AudioInputStream in;
  private final AudioFormat format;
  private final PcmReader reader;
  private final long fileFrames;
  private final long announcedFrames;
  private long framesRead;

  private JavaSoundDecoder(AudioInputStream in, SampleFormat samples, long fileBytes) {
    this.in = in;
    this.format = in.getFormat();
    this.reader = new PcmReader(in, samples, format.getChannels());
    this.fileFrames = fileBytes / format.getFrameSize();
    boolean known = in.getFrameLength() * format.getFrameSize() < PLACEHOLDER_BYTES;
    this.announcedFrames = known ? in.getFrameLength() : -1;
  }

  static JavaSoundDecoder open(Path file) throws IOException {
    AudioInputStream in = stream(file);
    SampleFormat samples = sampleFormat(in.getFormat());
    if (samples == null) {
      in.close();
      throw new AudioException("samples of this form cannot be read: " + in.getFormat());
    }
    return new JavaSoundDecoder(in, samples, Files.size(file));
  }

  /** By the JDK's own readers only: the plug-in for MP3 would take some WAV files for its own. */
  private static AudioInputStream stream(Path file) throws IOException {
    for (var reader : ServiceLoader.load(AudioFileReader.class).stream().toList()) {
      if (reader.type().getModule() == AudioFormat.class.getModule()) {
        try {
          return reader.get().getAudioInputStream(file.toFile());
        } catch (UnsupportedAudioFileException e) {
          // not this reader's; another's, perhaps
        }
      }
    }
    throw new AudioException(
        "the header is damaged or the encoding inside is not one of PCM, float, A-law, mu-law");
  }

  /** Null if there is none. */
  static SampleFormat sampleFormat(AudioFormat format) {
    // Bytes, not bits, because 12 or 20 bits stand at the top of 2 or 3 bytes.
    int bytes = format.getFrameSize() / Math.max(1, format.getChannels());
    String name =
        switch (format.getEncoding().toString()) {
          case "PCM_SIGNED" -> "S" + 8 * bytes;
          case "PCM_UNSIGNED" -> "U" + 8 * bytes;
          case "PCM_FLOAT" -> "F" + 8 * bytes;
          case "ALAW", "ULAW" -> format.getEncoding().toString();
          default -> "";
        };
    String order = bytes == 1 ? "" : format.isBigEndian() ? "BE" : "LE";
    for (SampleFormat samples : SampleFormat.values()) {
      if (samples.name().equals(name + order)) {
        return samples;
      }
    }
    return null;
  }

  @Override
  public int rate() {
    return Math.round(format.getSampleRate());
  }

  @Override
  public int channels() {
    return format.getChannels();
  }

  @Override
  public long totalFrames() {
    return announcedFrames < 0 ? fileFrames : Math.min(announcedFrames, fileFrames);
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    int samples = reader.read(interleaved);
    framesRead += Math.max(0, samples) / channels();
    return samples;
  }

  @Override
  public Optional<String> complaint() {
    return framesRead < announcedFrames
        ? Optional.of(
            "cut short: %d of the %d frames that its header announces"
                .formatted(framesRead, announcedFrames))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
