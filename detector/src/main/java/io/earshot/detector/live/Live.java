package io.earshot.detector.live;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.clip.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What is heard now, and was lately.
 *
 * <pre>{@code
 * try (Live live = Live.start(() -> consumer(), new LiveSettings("1.0", rules, floor))) {
 *   live.join(viewer, "door", null); // told from now on
 *   live.streams();
 * }
 * }</pre>
 *
 * <p>Events and candidates are always followed. What costs more, frames, patches and scores, is
 * read while somebody watches. Any thread.
 */
public final class Live implements AutoCloseable {
  /** A page that is open in many windows; each costs a connection and what waits for it. */
  public static final int MOST_VIEWERS = 32;

  private static final int EVENTS = 10_000;
  private static final int CANDIDATES = 5_000;
  private static final int RESENT = 1_000;

  /** What is known of streams when somebody asks for the first time. */
  private static final Duration LATELY = Duration.ofMinutes(5);

  private static final long PATIENCE_MILLIS = 5_000;

  private final LiveSettings settings;
  private final Audience audience = new Audience(MOST_VIEWERS);
  private final Book events = new Book(EVENTS);
  private final Book candidates = new Book(CANDIDATES);
  private final Board board;
  private final Ticker ticker;
  private final EventFeed eventFeed;
  private final ScoreFeed scoreFeed;
  private final FindingLog log;
  private final TopicTail eventTail;
  private final TopicTail candidateTail;
  private final TopicTail frames;
  private final TopicTail patches;
  private final TopicTail scores;

  private Live(Supplier<Consumer<byte[], byte[]>> consumers, LiveSettings settings) {
    this.settings = settings;
    Levels levels = new Levels();
    board = new Board(settings.rules().hopMillis(), settings.floor());
    ticker = new Ticker(levels, audience);
    eventFeed = new EventFeed(new BookKeeper(events, Finding::event), RESENT);
    scoreFeed = new ScoreFeed(settings.rules(), board, audience);
    log = new FindingLog(consumers);
    CandidateFeed candidateFeed =
        new CandidateFeed(new BookKeeper(candidates, Finding::candidate), audience);
    // Each event has been opened before it was closed.
    eventTail =
        TopicTail.start(Topics.EVENTS, consumers, TopicTail.Start.newest(2 * EVENTS), eventFeed);
    candidateTail =
        TopicTail.start(
            Topics.CANDIDATES, consumers, TopicTail.Start.newest(CANDIDATES), candidateFeed);
    FrameFeed frameFeed = new FrameFeed(levels, board, audience);
    frames = TopicTail.start(Topics.FRAMES, consumers, TopicTail.Start.END, frameFeed);
    PatchFeed patchFeed = new PatchFeed(audience);
    patches = TopicTail.start(Topics.PATCHES, consumers, TopicTail.Start.END, patchFeed);
    scores = TopicTail.start(Topics.SCORES, consumers, TopicTail.Start.ago(LATELY), scoreFeed);
  }

  /**
   * Begins to follow.
   *
   * @param consumers makes one of no group, which reads what is committed; it is closed here
   */
  public static Live start(Supplier<Consumer<byte[], byte[]>> consumers, LiveSettings settings) {
    return new Live(consumers, settings);
  }

  /** Streams that were heard lately; may wait for seconds when nobody watches. */
  public List<StreamState> streams() {
    scoreFeed.ask();
    wake();
    awaitCaughtUp(scores);
    return board.states(events.open(), System.currentTimeMillis());
  }

  /**
   * Events, the latest first.
   *
   * @throws SearchException if those that are not known by heart cannot be read
   */
  public Page events(Search search) throws SearchException {
    requireCaughtUp(eventTail);
    return log.find(Topics.EVENTS, Finding::event, events, search);
  }

  /** Candidates likewise. */
  public Page candidates(Search search) throws SearchException {
    requireCaughtUp(candidateTail);
    return log.find(Topics.CANDIDATES, Finding::candidate, candidates, search);
  }

  /** An event in its last state, if it is over and among the newest; else null. */
  public StoredEvent known(String id) {
    Finding finding = events.get(id);
    return finding == null || !finding.isOver() ? null : StoredEvent.read(finding.json());
  }

  /**
   * Tells a viewer from now on.
   *
   * @param stream whose patches and scores it is told; null for none
   * @param lastId of the last event that it was told before it was away; null or nonsense for none
   * @return false if there are too many
   */
  public boolean join(Viewer viewer, String stream, String lastId) {
    viewer.tell(Message.sure("hello", Hello.of(settings)));
    // Those who have gone are found to have when they are told something.
    audience.tellAll(Message.ALIVE);
    if (!audience.join(viewer, stream)) {
      return false;
    }
    wake();
    eventFeed.join(viewer, Positions.parse(lastId));
    return true;
  }

  /** It is told no more; it may never have been. */
  public void leave(Viewer viewer) {
    audience.leave(viewer);
    eventFeed.leave(viewer);
    ticker.wake();
  }

  /** Ends what viewers are told. */
  public void endAll() {
    audience.all().forEach(Viewer::end);
  }

  @Override
  public void close() {
    endAll();
    ticker.close();
    List<TopicTail> tails = List.of(eventTail, candidateTail, frames, patches, scores);
    // All at once, then one after the other.
    tails.forEach(TopicTail::stop);
    tails.forEach(TopicTail::close);
  }

  private static void requireCaughtUp(TopicTail tail) throws SearchException {
    if (!awaitCaughtUp(tail)) {
      throw new SearchException("Kafka has not yet told what there is; try again later", null);
    }
  }

  private static boolean awaitCaughtUp(TopicTail tail) {
    try {
      return tail.awaitCaughtUp(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void wake() {
    ticker.wake();
    List.of(frames, patches, scores).forEach(TopicTail::wake);
  }
}
