package io.earshot.models.pack;

/**
 * The log-mel front end that a network was trained with.
 *
 * <pre>{@code
 * FrontEnd frontEnd = FrontEnd.vggish(0.001);
 * int patchValues = frontEnd.frames() * frontEnd.bands(); // 96 x 64
 * }</pre>
 *
 * <p>Earshot computes one front end, that of VGGish, with any log offset; a package that needs
 * another is refused here, when it is read, and not by wrong scores later. The values are those of
 * {@code vggish_params.py} and YAMNet's {@code params.py} (github.com/tensorflow/models, audioset).
 *
 * @param logOffset added to each mel value before the logarithm: 0.01 VGGish, 0.001 YAMNet
 * @param sampleRate Hz
 * @param bands mel bands of a frame
 * @param frames frames of a patch
 * @param lowHz lower edge of the lowest band
 * @param highHz upper edge of the highest band
 * @param windowMillis length of the Hann window
 * @param hopMillis time from one frame to the next
 */
public record FrontEnd(
    double logOffset,
    int sampleRate,
    int bands,
    int frames,
    double lowHz,
    double highHz,
    int windowMillis,
    int hopMillis) {

  public FrontEnd {
    if (!(logOffset > 0 && logOffset < 1)) {
      throw new IllegalArgumentException(
          "logOffset " + logOffset + " is not between 0 and 1 (VGGish 0.01, YAMNet 0.001)");
    }
    only("sampleRate", sampleRate, 16_000);
    only("bands", bands, 64);
    only("frames", frames, 96);
    only("lowHz", lowHz, 125);
    only("highHz", highHz, 7_500);
    only("windowMillis", windowMillis, 25);
    only("hopMillis", hopMillis, 10);
  }

  /** The front end of VGGish and YAMNet, which differ in the log offset alone. */
  public static FrontEnd vggish(double logOffset) {
    return new FrontEnd(logOffset, 16_000, 64, 96, 125, 7_500, 25, 10);
  }

  private static void only(String key, double value, double supported) {
    if (value != supported) {
      throw new IllegalArgumentException(
          "%s %s is not supported, only %s".formatted(key, plain(value), plain(supported)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
