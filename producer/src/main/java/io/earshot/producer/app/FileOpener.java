package io.earshot.producer.app;

import io.earshot.producer.app.SourceOpener.Next;
import io.earshot.producer.live.Progress;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.source.LoopedSource;
import io.earshot.producer.source.SoundFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Opens a file, or the files of a folder one after the other; each of these is a session, since
 * what lies between them is not known. A loop looks into the folder again before each round. One
 * thread.
 */
final class FileOpener implements SourceOpener {
  private final Path path;
  private final boolean loop;

  /** Files of this round that are still to come; the first is sound. */
  private final Deque<Path> left = new ArrayDeque<>();

  private final Set<Path> passedOver = new HashSet<>();
  private boolean folder;

  /** Whether there was any sound in this round; without, there is a wait before the next one. */
  private boolean heard;

  FileOpener(Path path, boolean loop) {
    this.path = path;
    this.loop = loop;
  }

  @Override
  public AudioSource open(Progress progress) throws IOException {
    folder = Files.isDirectory(path);
    if (!folder) {
      return loop ? LoopedSource.open(() -> file(path)) : file(path);
    }
    if (left.isEmpty()) {
      beginRound(progress);
    }
    Path next = left.remove();
    passOver(progress);
    return file(next);
  }

  @Override
  public Next next(boolean ended, boolean sound) {
    if (!folder) {
      return Next.afterFile(ended, sound, loop);
    }
    heard |= sound;
    if (!left.isEmpty()) {
      return Next.AT_ONCE;
    }
    if (!heard) {
      return Next.LATER;
    }
    return loop ? Next.AT_ONCE : Next.NONE;
  }

  private void beginRound(Progress progress) throws IOException {
    heard = false;
    left.addAll(SoundFolder.files(path, progress::trouble));
    passOver(progress);
    if (left.isEmpty()) {
      throw new AudioException(path + ": holds no sound file that can be read");
    }
  }

  /** What is no sound is counted once, not in each round. */
  private void passOver(Progress progress) {
    while (!left.isEmpty() && !FileSource.isSound(left.peek())) {
      if (passedOver.add(left.remove())) {
        progress.refuse("not_sound");
      }
    }
  }

  private static AudioSource file(Path file) throws IOException {
    return FileSource.open(file, Instant.now());
  }
}
