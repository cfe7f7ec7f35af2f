package io.earshot.producer.source;

import com.jcraft.jogg.Page;
import java.io.IOException;

/**
 * Ogg Vorbis. A stream that follows another goes on as the same sound while its form stays; what is
 * missing shows in the positions.
 */
public final class FedVorbis implements FedDecoder {
  private final Listener listener;
  private final OggPages pages = new OggPages();
  private final VorbisSound sound = new VorbisSound();
  private float[] samples = new float[0];
  private AudioShape shape;
  private long position;
  private int damaged;

  /** What began while nothing is heard; null if nothing did. */
  private String other;

  private int otherSerial;

  public FedVorbis(Listener listener) {
    this.listener = listener;
  }

  @Override
  public int feed(byte[] bytes, int count, boolean last) throws IOException {
    pages.add(bytes, count);
    for (Page page; (page = pages.next()) != null; ) {
      take(page);
    }
    return count;
  }

  private void take(Page page) throws IOException {
    decode(page);
    refuseOthers(page);
    if (sound.hasBegun()) {
      tell();
    }
  }

  /** Streams of something else may play beside the one that is heard, but not in its place. */
  private void refuseOthers(Page page) throws AudioException {
    if (sound.isInside()) {
      other = null;
    } else if (page.bos() != 0) {
      other = OggPages.codec(page);
      otherSerial = page.serialno();
    } else if (!sound.hasBegun() || (other != null && page.serialno() == otherSerial)) {
      throw new AudioException(
          "Ogg with " + (other == null ? "no beginning" : other) + ", " + SoundKind.ALLOWED);
    }
  }

  private void decode(Page page) throws AudioException {
    try {
      sound.take(page);
    } catch (RuntimeException e) {
      // JOrbis is other people's: on what is damaged it also throws what it should not.
      if (!sound.hasBegun()) {
        throw new AudioException("the Vorbis headers are damaged", e);
      }
      sound.passOver();
    }
  }

  private void tell() throws IOException {
    if (shape == null || shape.rate() != sound.rate() || shape.channels() != sound.channels()) {
      shape = new AudioShape(sound.rate(), sound.channels());
      position = 0;
      listener.begins(shape, "Ogg Vorbis");
    }
    for (int all = sound.damaged() + pages.damaged(); damaged < all; damaged++) {
      listener.damaged();
    }
    position += sound.gap();
    int count = sound.pending().size();
    if (count > 0) {
      if (samples.length < count) {
        samples = new float[count];
      }
      int moved = sound.pending().moveTo(samples, shape.channels());
      int frames = moved / shape.channels();
      listener.sound(position, samples, frames);
      position += frames;
    }
  }
}
