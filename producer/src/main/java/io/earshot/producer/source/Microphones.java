package io.earshot.producer.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/** The mixers that can record: their names, and how to open one. */
final class Microphones {
  /** 16 kHz mono first: it needs no conversion. */
  private static final List<AudioFormat> FORMATS =
      List.of(pcm(16_000, 1), pcm(48_000, 1), pcm(44_100, 1), pcm(48_000, 2), pcm(44_100, 2));

  private static final String WITHOUT =
      "pipe sound in instead: arecord -t raw -f S16_LE -r 16000 -c 1 | ./earshot detect - (or ffmpeg)";

  private final List<Mixer> mixers;

  Microphones(List<Mixer> all) {
    Line.Info recording = new Line.Info(TargetDataLine.class);
    this.mixers = all.stream().filter(mixer -> mixer.isLineSupported(recording)).toList();
  }

  List<String> names() {
    return mixers.stream().map(Microphones::name).toList();
  }

  /** An open line that is not started yet. */
  OpenLine open(String device) throws AudioException {
    if (mixers.isEmpty()) {
      throw new AudioException("this machine has no microphone that Java can see; " + WITHOUT);
    }
    List<String> refusals = new ArrayList<>();
    for (Mixer mixer : chosen(device)) {
      for (AudioFormat format : FORMATS) {
        try {
          return new OpenLine(open(mixer, format), name(mixer));
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
          refusals.add(name(mixer) + ": " + e.getMessage());
        }
      }
    }
    throw new AudioException(
        "cannot record from %s; try another device of --list-devices, or %s"
            .formatted(refusals.get(refusals.size() - 1), WITHOUT));
  }

  private List<Mixer> chosen(String device) throws AudioException {
    if (device == null) {
      return mixers;
    }
    for (int i = 0; i < mixers.size(); i++) {
      if (device.equals(name(mixers.get(i))) || device.equals(Integer.toString(i))) {
        return List.of(mixers.get(i));
      }
    }
    String wanted = device.toLowerCase(Locale.ROOT);
    List<Mixer> similar =
        mixers.stream()
            .filter(mixer -> name(mixer).toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    if (similar.isEmpty()) {
      throw new AudioException(
          "no microphone '%s'; --list-devices shows: %s".formatted(device, names()));
    }
    return similar;
  }

  private static TargetDataLine open(Mixer mixer, AudioFormat format)
      throws LineUnavailableException {
    var line = (TargetDataLine) mixer.getLine(new DataLine.Info(TargetDataLine.class, format));
    int halfASecond = (int) format.getSampleRate() / 2 * format.getFrameSize();
    line.open(format, halfASecond);
    return line;
  }

  private static String name(Mixer mixer) {
    return mixer.getMixerInfo().getName();
  }

  private static AudioFormat pcm(int rate, int channels) {
    return new AudioFormat(rate, 16, channels, true, false);
  }

  /**
   * @param name of the device
   */
  record OpenLine(TargetDataLine line, String name) {}
}
