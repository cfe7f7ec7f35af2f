package io.earshot.producer.source;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;

/**
 * Ogg Vorbis by JOrbis, page by page: a page's granule position says how many frames there are up
 * to its end, and so what to cut off at the beginning and the end (Vorbis I specification, A.2).
 * Who joins a stream in the middle has a first page whose number says nothing. Streams that follow
 * each other are joined while their form stays. One thread.
 */
final class VorbisSound {
  /** A longer gap is more likely a wrong number. */
  private static final int MAX_GAP_SECONDS = AudioDecoder.MAX_GAP_SECONDS;

  private static final int HEADER_PACKETS = 3;

  /** Comments may hold pictures; of sound no packet is so long. */
  private static final int MOST_PACKET_BYTES = 1 << 23;

  private final PendingSamples pending = new PendingSamples();
  private final float[][][] pcm = new float[1][][];

  /** Of the stream that is heard. */
  private Info info;

  /** Of the current stream, while its three headers come in. */
  private Info incoming;

  private VorbisHeaders headers;
  private Comment comment;
  private StreamState stream;
  private DspState dsp;
  private Block block;
  private int[] offsets;
  private int headersRead;

  /** Of pages since a packet last ended. */
  private long packetBytes;

  private int serial;
  private boolean ended = true;

  /** Frames up to the end of the last page; -1 before the first page with sound. */
  private long granule;

  private int damagedPackets;
  private long gap;

  /** Whether all headers of a stream have come. */
  boolean hasBegun() {
    return info != null;
  }

  int rate() {
    return info.rate;
  }

  int channels() {
    return info.channels;
  }

  /** What was decoded and nobody has taken yet. */
  PendingSamples pending() {
    return pending;
  }

  /** Frames that are missing before those of the page taken last. */
  long gap() {
    return gap;
  }

  /** How often something was passed over. */
  int damaged() {
    return damagedPackets;
  }

  boolean isWhole() {
    return ended && granule >= 0;
  }

  /** Whether a stream of Vorbis goes on. */
  boolean isInside() {
    return !ended;
  }

  /**
   * Takes a page of any stream. Where the form of the sound changes, {@link #pending} must be
   * empty.
   */
  void take(Page page) throws AudioException {
    gap = 0;
    // Beginnings side by side are streams that play together: of those, the first is taken.
    boolean free = ended || granule >= 0;
    if (page.bos() != 0 && free && OggPages.startsVorbis(page)) {
      beginStream(page.serialno());
    }
    if (!ended && page.serialno() == serial) {
      takePageOfStream(page);
    }
  }

  /** After {@link #take} has thrown: what was decoded of that page is forgotten. */
  void passOver() {
    pending.dropLast(pending.size());
    damagedPackets++;
  }

  private void beginStream(int newSerial) {
    serial = newSerial;
    stream = new StreamState();
    stream.init(serial);
    headersRead = 0;
    packetBytes = 0;
    granule = -1;
    ended = false;
  }

  private void takePageOfStream(Page page) throws AudioException {
    // A copy of the numbers: the stream's buffers move as packets are taken out.
    long pageGranule = page.granulepos();
    boolean last = page.eos() != 0;
    packetBytes += page.body_len;
    stream.pagein(page);
    Packet packet = new Packet();
    int before = pending.size();
    for (int result; (result = stream.packetout(packet)) != 0; ) {
      packetBytes = 0;
      if (result < 0) {
        // Between the headers and where one joins there is no damage.
        damagedPackets += granule < 0 ? 0 : 1;
      } else if (headersRead < HEADER_PACKETS) {
        readHeader(packet);
      } else {
        decode(packet);
      }
    }
    if (packetBytes > MOST_PACKET_BYTES) {
      throw new AudioException("an Ogg packet that does not end within 8 MiB");
    }
    int added = pending.size() - before;
    trim(added == 0 ? 0 : added / channels(), pageGranule, last);
    ended = last;
  }

  private void readHeader(Packet packet) throws AudioException {
    if (headersRead == 0) {
      incoming = new Info();
      headers = new VorbisHeaders();
      comment = new Comment();
      incoming.init();
      comment.init();
    }
    headers.check(headersRead, packet);
    if (incoming.synthesis_headerin(comment, packet) < 0) {
      throw new AudioException("the Vorbis headers are damaged");
    }
    headersRead++;
    if (headersRead == HEADER_PACKETS) {
      info = incoming;
      dsp = new DspState();
      dsp.synthesis_init(incoming);
      block = new Block(dsp);
      offsets = new int[incoming.channels];
    }
  }

  private void decode(Packet packet) {
    // JOrbis would trim the last packet by itself, but not where one page is the whole stream.
    packet.granulepos = -1;
    packet.e_o_s = 0;
    if (block.synthesis(packet) != 0) {
      damagedPackets++;
      return;
    }
    dsp.synthesis_blockin(block);
    for (int frames; (frames = dsp.synthesis_pcmout(pcm, offsets)) > 0; ) {
      int at = pending.extend(frames * channels());
      for (int i = 0; i < frames; i++) {
        for (int channel = 0; channel < channels(); channel++) {
          pending.array()[at++] = pcm[0][channel][offsets[channel] + i];
        }
      }
      dsp.synthesis_read(frames);
    }
  }

  /** What a page holds against what its number says: cut the rest off, or tell of a gap. */
  private void trim(int frames, long pageGranule, boolean last) {
    boolean first = granule < 0;
    if (pageGranule < 0 || (first && frames == 0)) {
      return; // no packet ends on this page, or only headers do
    }
    long excess = (first ? 0 : granule) + frames - pageGranule;
    granule = pageGranule;
    if (excess > 0) {
      int surplus = (int) Math.min(frames, excess) * channels();
      if (last) {
        pending.dropLast(surplus);
      } else if (first) {
        pending.dropFirst(surplus);
      }
    } else if (excess < 0 && !first && -excess <= (long) MAX_GAP_SECONDS * rate()) {
      gap = -excess;
      damagedPackets++;
    }
  }
}
