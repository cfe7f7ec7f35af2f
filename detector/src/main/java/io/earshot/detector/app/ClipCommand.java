package io.earshot.detector.app;

import io.earshot.detector.clip.Clip;
import io.earshot.detector.clip.ClipException;
import io.earshot.detector.clip.ClipWav;
import io.earshot.detector.clip.Clips;
import io.earshot.detector.clip.KafkaClips;
import io.earshot.detector.clip.Spectrogram;
import io.earshot.detector.clip.StoredEvent;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot clip}: the sound of an event, out of what Kafka still has. */
@Command(
    name = "clip",
    mixinStandardHelpOptions = true,
    description = "Writes the sound of an event, and its picture.")
final class ClipCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private KafkaOptions kafkaOptions;

  @Parameters(
      paramLabel = "EVENT_ID",
      description = "The event's id, as ./earshot events --format jsonl has it.")
  private String id;

  @Option(
      names = "-o",
      required = true,
      paramLabel = "FILE",
      description = "The WAV file, 16 kHz mono; - is standard output.")
  private Path out;

  @Option(
      names = "--pre",
      paramLabel = "TIME",
      description = "How much comes before the event, such as 2s; else clips.pre_roll.")
  private String pre;

  @Option(
      names = "--post",
      paramLabel = "TIME",
      description = "How much comes after it; else clips.post_roll.")
  private String post;

  @Option(
      names = "--spectrogram",
      paramLabel = "FILE",
      description = "Also draws its log-mel, as a PNG file, with the event marked.")
  private Path spectrogram;

  @Override
  public Integer call() throws Exception {
    Map<String, String> flags = new HashMap<>();
    flags.put("clips.pre_roll", pre);
    flags.put("clips.post_roll", post);
    Config config = options.read(flags);
    if (!KafkaClips.isId(id)) {
      throw UserException.wrongUse(KafkaClips.noId());
    }
    Map<String, Object> kafka = kafkaOptions.connect(config);
    Clips clips = new KafkaClips(ClipConsumers.of(kafka), config.clips().settings());
    try {
      StoredEvent event = clips.event(id);
      Clip clip = clips.clip(event);
      write(out, ClipWav.of(clip));
      if (spectrogram != null) {
        write(spectrogram, Spectrogram.png(clip, event.event()));
      }
      describe(event, clip, spec.commandLine().getErr());
      return 0;
    } catch (ClipException e) {
      throw e.reason() == ClipException.Reason.UNKNOWN_EVENT
          ? UserException.wrongUse(e.getMessage(), e)
          : UserException.failed(e.getMessage(), e);
    }
  }

  private static void write(Path file, byte[] bytes) throws UserException {
    if (file.toString().equals("-")) {
      System.out.writeBytes(bytes);
      System.out.flush();
      return;
    }
    try (OutputStream out = new FileOutputStream(file.toFile())) {
      out.write(bytes);
    } catch (IOException e) {
      throw UserException.failed("cannot write " + e.getMessage(), e);
    }
  }

  private static void describe(StoredEvent event, Clip clip, PrintWriter err) {
    err.printf(
        Locale.ROOT,
        "%s %.2f in %s: %.2f s from %s%n",
        event.event().label(),
        event.event().confidence(),
        event.event().stream(),
        clip.seconds(),
        Instant.ofEpochMilli(clip.startMillis()));
    clip.gaps().forEach(err::println);
    double late = -clip.secondsTo(Instant.parse(event.event().onset()).toEpochMilli());
    if (late >= 0.01) {
      err.printf(Locale.ROOT, "the event's first %.2f s are gone: kafka.retention.frames%n", late);
    }
    if (clip.isCut()) {
      err.printf(Locale.ROOT, "cut after %.0f s: clips.max_duration%n", clip.seconds());
    }
  }
}
