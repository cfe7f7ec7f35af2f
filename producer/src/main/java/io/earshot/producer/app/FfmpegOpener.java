package io.earshot.producer.app;

import io.earshot.producer.app.SourceOpener.Next;
import io.earshot.producer.live.Progress;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FfmpegInput;
import io.earshot.producer.source.FfmpegSource;
import io.earshot.producer.source.LoopedSource;
import io.earshot.producer.stream.StreamSettings;
import java.io.IOException;

/** Opens what ffmpeg reads. */
final class FfmpegOpener implements SourceOpener {
  private final FfmpegInput input;
  private final StreamSettings settings;
  private volatile boolean stopped;

  /**
   * An opener of {@code ffmpeg:URL}.
   *
   * @throws IllegalArgumentException if that can be no address
   */
  FfmpegOpener(String url, StreamSettings settings) {
    this.input = FfmpegInput.parse(url);
    this.settings = settings;
  }

  /**
   * A file as the user wants it. What HTTP brings may be a file or live, and pieces of HLS come at
   * once, each second of which would seem to have been captured at the same time: both are held to
   * real time. All else comes when it comes.
   */
  Timing timing() {
    return switch (input.kind()) {
      case FILE -> Timing.of(settings.playback().pace());
      case PLAYLIST, HTTP -> Timing.STREAMED;
      case LIVE -> Timing.LIVE;
    };
  }

  @Override
  public AudioSource open(Progress progress) throws IOException {
    return settings.playback().loop() ? LoopedSource.open(this::open) : open();
  }

  @Override
  public Next next(boolean ended, boolean heard) {
    return input.kind() == FfmpegInput.Kind.FILE
        ? Next.afterFile(ended, heard, settings.playback().loop())
        : SourceOpener.super.next(ended, heard);
  }

  private AudioSource open() throws IOException {
    return FfmpegSource.open(input, settings.idle(), () -> stopped);
  }

  @Override
  public void stop() {
    stopped = true;
  }
}
