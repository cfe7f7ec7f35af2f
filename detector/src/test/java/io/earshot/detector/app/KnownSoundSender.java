package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.producer.publish.FramePublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Sends {@link KnownSound}, in a process of its own so that it can be killed. It notes which frame
 * Kafka has acknowledged; when it comes back it goes on from there, and sends some frames twice.
 *
 * <p>Arguments: bootstrap servers, seed, streams, base in ms, frames a second of each stream, and a
 * folder. It ends when there is a file {@code stop} in that folder; {@code acknowledged} is where
 * it notes the frames.
 */
final class KnownSoundSender {
  private static final int FRAMES_AT_ONCE = 10;

  private final FramePublisher publisher;
  private final KnownSound sound;
  private final Path folder;
  private final long stepNanos;

  private KnownSoundSender(
      FramePublisher publisher, KnownSound sound, Path folder, int framesPerSecond) {
    this.publisher = publisher;
    this.sound = sound;
    this.folder = folder;
    this.stepNanos = 1_000_000_000L / framesPerSecond;
  }

  public static void main(String[] arguments) throws Exception {
    KnownSound sound =
        new KnownSound(
            Long.parseLong(arguments[1]),
            Integer.parseInt(arguments[2]),
            Long.parseLong(arguments[3]));
    Map<String, Object> kafka = Map.of("bootstrap.servers", arguments[0]);
    try (FramePublisher publisher = new FramePublisher(kafka, Topics.FRAMES)) {
      Path folder = Path.of(arguments[5]);
      new KnownSoundSender(publisher, sound, folder, Integer.parseInt(arguments[4])).run();
    }
  }

  /** The first frame that Kafka is not known to have. */
  static int acknowledged(Path folder) throws IOException {
    Path file = folder.resolve("acknowledged");
    return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
  }

  private void run() throws Exception {
    int next = acknowledged(folder);
    long due = System.nanoTime();
    while (Files.notExists(folder.resolve("stop"))) {
      next = send(next, next + FRAMES_AT_ONCE, Integer.MAX_VALUE / KnownSound.SEGMENT_SAMPLES);
      due = Math.max(due + FRAMES_AT_ONCE * stepNanos, System.nanoTime());
      Thread.sleep(Math.max(0, due - System.nanoTime()) / 1_000_000);
    }
    int segments = KnownSound.segmentsAfter(next);
    send(next, KnownSound.frames(segments), segments);
    System.out.println("segments " + segments);
  }

  private int send(int from, int to, int segments) throws IOException {
    for (int seq = from; seq < to; seq++) {
      for (int stream = 0; stream < sound.streams(); stream++) {
        publisher.publish(sound.frame(stream, seq, segments));
      }
    }
    publisher.flush();
    Path note = Files.writeString(folder.resolve("acknowledging"), Integer.toString(to));
    Files.move(note, folder.resolve("acknowledged"), StandardCopyOption.ATOMIC_MOVE);
    return to;
  }
}
