package io.earshot.producer.spool;

import io.earshot.producer.frame.Frame;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to disk what Kafka has not taken in time, and deletes it when Kafka has. Belongs to one
 * thread, which calls {@link #step} every now and then.
 *
 * <p>Where the disk fails, frames stay in memory, and it is tried again every few seconds.
 */
public final class SpoolWriter {
  private static final Logger log = LoggerFactory.getLogger(SpoolWriter.class);

  /** With {@link Backlog#HOLD_NANOS}, what a loss of power costs at most: a second. */
  private static final long SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private static final long NEWS_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Disk.Opener opener;
  private final String folder;
  private final SpoolSettings settings;
  private final Backlog backlog;
  private final Losses losses;
  private final SpoolMetrics metrics;
  private final LongSupplier ids;
  private final Map<String, Deque<Place>> left = new HashMap<>();

  /** Null while the folder cannot be opened. */
  private Spool spool;

  private boolean recovering;
  private boolean failing;
  private long retryNanos;
  private long syncNanos;

  /** Frames written since the spool was empty; 0 while it is. */
  private long spooled;

  /** When it was empty last. */
  private long emptyNanos;

  /** Whether it was told that it fills. */
  private boolean told;

  /**
   * A writer that has yet to open its folder.
   *
   * @param folder its name, for messages
   */
  public SpoolWriter(
      Disk.Opener opener,
      String folder,
      SpoolSettings settings,
      Backlog backlog,
      Losses losses,
      SpoolMetrics metrics) {
    this(opener, folder, settings, backlog, losses, metrics, new SecureRandom()::nextLong);
  }

  SpoolWriter(
      Disk.Opener opener,
      String folder,
      SpoolSettings settings,
      Backlog backlog,
      Losses losses,
      SpoolMetrics metrics,
      LongSupplier ids) {
    this.opener = opener;
    this.folder = folder;
    this.settings = settings;
    this.backlog = backlog;
    this.losses = losses;
    this.metrics = metrics;
    this.ids = ids;
  }

  /**
   * Takes the folder; called before the first step.
   *
   * @throws SpoolInUseException if another process has it. Where it cannot be opened for another
   *     reason it is tried again later, and what an earlier process has left there must wait for
   *     the next start: it is older than what is sent meanwhile
   */
  public void open(long nowNanos) throws SpoolInUseException {
    syncNanos = nowNanos;
    emptyNanos = nowNanos;
    try {
      spool = openSpool();
      recovering = true;
    } catch (SpoolInUseException e) {
      throw e;
    } catch (IOException e) {
      fails(e, nowNanos);
      backlog.recovered(Map.of());
    }
  }

  private Spool openSpool() throws IOException {
    Disk disk = opener.open();
    try {
      return new Spool(disk, settings.maxBytes(), ids);
    } catch (IOException e) {
      disk.close();
      throw e;
    }
  }

  /**
   * Does what is due.
   *
   * @return whether there is more to do at once
   */
  public boolean step(long nowNanos) {
    if (recovering) {
      recover();
    }
    write(backlog.inMemory(Backlog.HOLD_NANOS, nowNanos), nowNanos);
    boolean due = nowNanos - syncNanos >= SYNC_NANOS;
    if (due || backlog.isNoteWanted()) {
      syncNanos = nowNanos;
      syncAndTidy(nowNanos);
    }
    tell(nowNanos);
    return recovering;
  }

  /**
   * Writes all that has not arrived, and lets the folder go.
   *
   * @return frames that could not be written, and are lost
   */
  public int close(long nowNanos) {
    while (recovering) {
      recover();
    }
    retryNanos = nowNanos;
    write(backlog.inMemory(Long.MIN_VALUE, nowNanos), nowNanos);
    syncAndTidy(nowNanos);
    tell(nowNanos);
    backlog.end();
    try {
      if (spool != null) {
        spool.close();
      }
    } catch (IOException e) {
      log.debug("{}", folder, e);
    }
    return backlog.inMemory(Long.MIN_VALUE, nowNanos).size();
  }

  private void recover() {
    if (!spool.isScanned()) {
      Spool.Damage damage = spool.scan(this::found);
      if (damage != null) {
        tell(damage);
      }
    }
    if (spool.isScanned()) {
      recovering = false;
      if (!left.isEmpty()) {
        long frames = left.values().stream().mapToLong(Deque::size).sum();
        spooled += frames;
        told = true;
        log.info("{}: {} frames are left from before; they are sent first", folder, frames);
      }
      backlog.recovered(left);
      left.clear();
    }
  }

  private void tell(Spool.Damage damage) {
    metrics.damaged(damage.bytes());
    String what =
        damage.bytes() > 0
            ? damage.bytes() + " bytes are passed over"
            : "what is left of it waits for the next start";
    log.warn("{}/{}: {}; {}", folder, damage.file(), damage.problem(), what);
  }

  private void found(Frame frame, Place place) {
    left.computeIfAbsent(frame.stream(), stream -> new ArrayDeque<>()).add(place);
  }

  private void write(List<Entry> entries, long nowNanos) {
    if (entries.isEmpty() || (failing && nowNanos - retryNanos < 0)) {
      return;
    }
    try {
      if (spool == null) {
        spool = openSpool();
      }
      for (Entry entry : entries) {
        if (backlog.beginsWriting(entry)) {
          write(entry);
        }
      }
      if (failing) {
        failing = false;
        log.info("{} can be written again", folder);
      }
    } catch (IOException e) {
      fails(e, nowNanos);
    }
  }

  private void write(Entry entry) throws IOException {
    Frame frame = entry.frame();
    Place place = null;
    try {
      while (spool.isFullFor(frame)) {
        backlog.forget(spool.oldest());
        spool.dropOldest();
      }
      place = spool.append(frame);
    } finally {
      backlog.written(entry, place);
    }
    metrics.spooled(frame.stream());
    spooled++;
  }

  /** What is done is noted after what is new is safe: a loss of power may send it twice. */
  private void syncAndTidy(long nowNanos) {
    long done = backlog.done();
    if (spool != null) {
      try {
        spool.sync();
        spool.tidy();
      } catch (IOException e) {
        fails(e, nowNanos);
      }
      metrics.spoolBytes(spool.bytes());
    }
    // Where it could not be noted, waiting would not help.
    backlog.noted(done);
  }

  /** A moment's delay, as at every start, is no news. */
  private void tell(long nowNanos) {
    if (spooled == 0) {
      emptyNanos = nowNanos;
    } else if (!told && nowNanos - emptyNanos >= NEWS_NANOS) {
      told = true;
      log.warn("Kafka does not take the sound in time; what it has not taken goes to {}", folder);
    }
    if (spooled > 0 && !recovering && spool.isEmpty()) {
      long lost = losses.take();
      String but = lost == 0 ? "nothing is lost" : lost + " frames were lost";
      if (told || lost > 0) {
        log.info("{} is empty again: {} frames have gone through it, {}", folder, spooled, but);
      }
      spooled = 0;
      told = false;
    }
  }

  private void fails(IOException e, long nowNanos) {
    retryNanos = nowNanos + RETRY_NANOS;
    if (!failing) {
      failing = true;
      // Its message is the path alone.
      String why = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
      log.warn("{} cannot be written: {}; sound waits in memory, at most 32 MB", folder, why);
    }
  }
}
