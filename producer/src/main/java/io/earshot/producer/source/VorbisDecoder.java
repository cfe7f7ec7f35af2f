package io.earshot.producer.source;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Ogg Vorbis by JOrbis, page by page: a page's granule position says how many frames there are up
 * to its end, and so what to cut off at the beginning and the end (Vorbis I specification, A.2).
 * Streams that follow each other in one file are joined.
 */
final class VorbisDecoder implements AudioDecoder {
  private static final int HEADER_PACKETS = 3;

  private final OggPages pages;
  private final PendingSamples pending = new PendingSamples();
  private final float[][][] pcm = new float[1][][];

  /** Of the first stream in the file; those that follow must be alike. */
  private Info info;

  /** Of the current stream, while its three headers come in. */
  private Info incoming;

  private Comment comment;
  private StreamState stream;
  private DspState dsp;
  private Block block;
  private int[] offsets;
  private int headersRead;
  private int serial;
  private boolean ended = true;

  /** Frames up to the end of the last page; -1 before the first page with sound. */
  private long granule;

  private int damagedPackets;

  private VorbisDecoder(OggPages pages) {
    this.pages = pages;
  }

  static VorbisDecoder open(InputStream in) throws IOException {
    VorbisDecoder decoder = new VorbisDecoder(new OggPages(in));
    while (decoder.headersRead < HEADER_PACKETS) {
      if (!decoder.takePage()) {
        throw new AudioException("the Vorbis headers are damaged or cut short");
      }
    }
    return decoder;
  }

  @Override
  public int rate() {
    return info.rate;
  }

  @Override
  public int channels() {
    return info.channels;
  }

  /** Only the last page tells. */
  @Override
  public long totalFrames() {
    return -1;
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    while (pending.isEmpty()) {
      if (!takePage()) {
        return -1;
      }
    }
    return pending.moveTo(interleaved, channels());
  }

  /** False at the end of the file. */
  private boolean takePage() throws IOException {
    Page page = pages.next();
    if (page == null) {
      return false;
    }
    // Beginnings side by side are streams that play together: of those, the first is taken.
    boolean free = ended || granule >= 0;
    if (page.bos() != 0 && free && OggPages.startsVorbis(page)) {
      beginStream(page.serialno());
    }
    if (!ended && page.serialno() == serial) {
      takePageOfStream(page);
    }
    return true;
  }

  private void beginStream(int newSerial) {
    serial = newSerial;
    stream = new StreamState();
    stream.init(serial);
    headersRead = 0;
    granule = -1;
    ended = false;
  }

  private void takePageOfStream(Page page) throws IOException {
    // A copy of the numbers: the stream's buffers move as packets are taken out.
    long pageGranule = page.granulepos();
    boolean last = page.eos() != 0;
    stream.pagein(page);
    Packet packet = new Packet();
    int before = pending.size();
    for (int result; (result = stream.packetout(packet)) != 0; ) {
      if (result < 0) {
        damagedPackets++;
      } else if (headersRead < HEADER_PACKETS) {
        readHeader(packet);
      } else {
        decode(packet);
      }
    }
    trim((pending.size() - before) / channels(), pageGranule, last);
    ended = last;
  }

  private void readHeader(Packet packet) throws AudioException {
    if (headersRead == 0) {
      incoming = new Info();
      comment = new Comment();
      incoming.init();
      comment.init();
    }
    if (incoming.synthesis_headerin(comment, packet) < 0) {
      throw new AudioException("the Vorbis headers are damaged");
    }
    headersRead++;
    if (headersRead == HEADER_PACKETS) {
      if (info != null && (info.rate != incoming.rate || info.channels != incoming.channels)) {
        throw new AudioException("the rate or the number of channels changes inside");
      }
      dsp = new DspState();
      dsp.synthesis_init(incoming);
      block = new Block(dsp);
      offsets = new int[incoming.channels];
    }
    if (info == null) {
      info = incoming;
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

  /** What a page holds against what its number says: cut the rest off, or fill a gap. */
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
      pending.prependSilence((int) -excess * channels());
      damagedPackets++;
    }
  }

  @Override
  public Optional<String> complaint() {
    if (!ended || granule < 0) {
      return Optional.of("cut short: the stream's last page is missing");
    }
    return damagedPackets + pages.damaged() > 0
        ? Optional.of("damaged: some Vorbis packets are missing")
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }
}
