package io.earshot.producer.publish;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What comes out is what went in, less what was counted as lost, in order. */
class OutagePropertyTest {
  /** What may happen; each is followed by some time. */
  enum Event {
    NOTHING,
    KAFKA_GOES,
    KAFKA_TURNS_MUTE,
    KAFKA_RETURNS,
    CLIENTS_ARE_REFUSED,
    A_SEND_FAILS,
    THE_DISK_FAILS,
    THE_DISK_WORKS,
    A_SESSION_ENDS,
    STOP_AND_START,
    KILL,
    POWER_LOSS,
    DAMAGE
  }

  @Property(tries = 120)
  void nothingIsLostThatIsNotCounted(
      @ForAll @Size(max = 25) List<Event> events,
      @ForAll @Size(25) List<@IntRange(max = 3_000) Integer> millis,
      @ForAll long seed)
      throws IOException {
    check(events, millis, seed, 100 << 20);
  }

  @Property(tries = 80)
  void theOldestGoWhenTheSpoolIsFull(
      @ForAll @Size(max = 25) List<Event> events,
      @ForAll @Size(25) List<@IntRange(max = 6_000) Integer> millis,
      @ForAll long seed)
      throws IOException {
    check(events, millis, seed, 200_000);
  }

  private static void check(List<Event> events, List<Integer> millis, long seed, long maxBytes)
      throws IOException {
    OutageWorld world = new OutageWorld(seed, maxBytes);
    world.run(500);
    for (int i = 0; i < events.size(); i++) {
      happen(world, events.get(i));
      world.run(millis.get(i) / 50 * 50);
    }
    world.settle();
  }

  private static void happen(OutageWorld world, Event event) throws IOException {
    switch (event) {
      case NOTHING -> {}
      case KAFKA_GOES -> world.kafka.state = FakeKafka.State.AWAY;
      case KAFKA_TURNS_MUTE -> world.kafka.state = FakeKafka.State.MUTE;
      case KAFKA_RETURNS -> {
        world.kafka.state = FakeKafka.State.UP;
        world.kafka.refusesClients = false;
      }
      case CLIENTS_ARE_REFUSED -> world.kafka.refusesClients = true;
      case A_SEND_FAILS -> world.fail();
      case THE_DISK_FAILS -> world.diskFails(true);
      case THE_DISK_WORKS -> world.diskFails(false);
      case A_SESSION_ENDS -> world.endSession(world.random.nextInt(OutageWorld.STREAMS));
      case STOP_AND_START -> world.stopAndStart();
      case KILL -> world.kill();
      case POWER_LOSS -> world.losePower();
      case DAMAGE -> world.damage();
    }
  }
}
