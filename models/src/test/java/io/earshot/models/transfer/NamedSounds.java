package io.earshot.models.transfer;

import io.earshot.models.synth.MadeSounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files of a few words that stand for two seconds of sound: "low 3" is the third low tone, "siren
 * 2" the second made siren. Counts how often it is asked for one.
 */
final class NamedSounds implements SoundReader {
  static final int SAMPLES = 2 * 16_000;

  private final Path root;
  private final AtomicInteger reads = new AtomicInteger();

  NamedSounds(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  int reads() {
    return reads.get();
  }

  NamedSounds file(String name, String content) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files a.wav and up of a folder, all of one kind and each another one. */
  NamedSounds clips(String folder, String kind, int count) {
    for (int i = 0; i < count; i++) {
      file(folder + "/" + (char) ('a' + i) + ".wav", kind + " " + (i + 1));
    }
    return this;
  }

  @Override
  public float[] read(Path file) throws IOException {
    reads.incrementAndGet();
    String content = Files.readString(file);
    if (content.isEmpty()) {
      return new float[0];
    }
    String[] words = content.split(" ");
    if (words.length != 2) {
      throw new IOException(file + ": is no sound");
    }
    float[] samples = new float[SAMPLES];
    for (String kind : words[0].split("\\+")) {
      add(kind, new SplittableRandom(content.hashCode()), samples);
    }
    return samples;
  }

  private static void add(String kind, SplittableRandom random, float[] samples) {
    switch (kind) {
      case "low" -> addTone(400, random, samples);
      case "middle" -> addTone(1200, random, samples);
      case "high" -> addTone(3500, random, samples);
      default -> {
        float[] made =
            MadeSounds.valueOf(kind.toUpperCase(Locale.ROOT)).make(random, samples.length);
        for (int i = 0; i < made.length; i++) {
          samples[i] += made[i];
        }
      }
    }
  }

  private static void addTone(double hertz, SplittableRandom random, float[] samples) {
    double own = hertz * random.nextDouble(0.97, 1.03);
    double amplitude = random.nextDouble(0.2, 0.3);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (amplitude * Math.sin(2 * Math.PI * own * i / 16_000));
    }
  }
}
