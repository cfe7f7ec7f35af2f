package io.earshot.producer.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sound file: WAV, AIFF, AU, Ogg Vorbis, MP3 or FLAC, 8 to 192 kHz, any number of channels.
 *
 * <pre>
 * AudioSource source = FileSource.open(Path.of("dog.ogg"), Instant.EPOCH);
 * float[] block = new float[4096 * source.shape().channels()];
 * int samples = source.read(block);
 * </pre>
 *
 * <p>A file that is cut short gives the sound that it has and a warning in the log.
 */
public final class FileSource implements AudioSource {
  private static final Logger log = LoggerFactory.getLogger(FileSource.class);
  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final AudioDecoder decoder;
  private final AudioShape shape;
  private final Instant start;
  private long framesRead;
  private boolean atEnd;
  private volatile boolean stopped;

  private FileSource(String name, AudioDecoder decoder, AudioShape shape, Instant start) {
    this.name = name;
    this.decoder = decoder;
    this.shape = shape;
    this.start = start;
  }

  /**
   * Opens the file and reads its header.
   *
   * @param start when its first sample was captured
   * @throws AudioException if it cannot be read: one line with the file's name and why
   */
  public static FileSource open(Path file, Instant start) throws AudioException {
    try {
      if (Files.isDirectory(file)) {
        throw new AudioException("is a directory, not a sound file");
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new AudioException("is not a regular file; raw PCM can be piped into -");
      }
      if (Files.size(file) == 0) {
        throw new AudioException("is empty");
      }
      AudioDecoder decoder = decoder(file);
      try {
        AudioShape shape = new AudioShape(decoder.rate(), decoder.channels());
        return new FileSource(file.toString(), decoder, shape, start);
      } catch (IllegalArgumentException e) {
        decoder.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new AudioException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new AudioException(file + ": no permission to read it", e);
    } catch (IOException | RuntimeException e) {
      // The decoders are other people's: on damaged files they also throw what they should not.
      throw new AudioException(file + ": " + line(e), e);
    }
  }

  /** Whether its first bytes are those of a sound file; one that cannot be read may be one. */
  public static boolean isSound(Path file) {
    try {
      FileKind.of(file);
      return true;
    } catch (AudioException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static AudioDecoder decoder(Path file) throws IOException {
    FileKind kind = FileKind.of(file);
    if (kind.format() == FileKind.Format.JAVA_SOUND) {
      return JavaSoundDecoder.open(file);
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.skipNBytes(kind.offset());
      return switch (kind.format()) {
        case VORBIS -> VorbisDecoder.open(in);
        case FLAC -> FlacDecoder.open(in);
        default -> MpegDecoder.open(in, FileKind.head(file, kind.offset()));
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    if (stopped || atEnd) {
      return -1;
    }
    try {
      int samples = decoder.read(interleaved);
      if (samples < 0) {
        atEnd = true;
        decoder.complaint().ifPresent(complaint -> log.warn("{}: {}", name, complaint));
      } else {
        framesRead += samples / shape.channels();
      }
      return samples;
    } catch (IOException | RuntimeException e) {
      atEnd = true;
      double seconds = framesRead / (double) shape.rate();
      throw new AudioException(
          "%s: unreadable after %.3f s: %s".formatted(name, seconds, line(e)), e);
    }
  }

  private static String line(Exception e) {
    return e instanceof AudioException || e instanceof IllegalArgumentException
        ? e.getMessage()
        : "damaged or cut short (%s)".formatted(e.toString().lines().findFirst().orElse(""));
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
    return decoder.totalFrames();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }
}
