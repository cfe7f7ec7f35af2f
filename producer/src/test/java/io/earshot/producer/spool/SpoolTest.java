package io.earshot.producer.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.testing.FakeDisk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolTest {
  private static final long MAX_BYTES = 100_000;

  private final FakeDisk disk = new FakeDisk();

  /** Of all sizes that are allowed; 2 GB is the usual one. */
  @ParameterizedTest
  @CsvSource({
    "16000000, 1000000",
    "2000000000, 8388608",
    "8000000000, 8388608",
    "100000000000, 97656250",
    "1000000000000, 976562500"
  })
  void aLargeSpoolHasLargerFilesAndNotMoreOfThem(long maxBytes, long segmentBytes) {
    assertThat(Spool.segmentBytes(maxBytes)).isEqualTo(segmentBytes);
    assertThat(maxBytes / segmentBytes).isLessThanOrEqualTo(1024);
  }

  @Test
  void itsSizeIsThatOfItsFilesWhateverBecomesOfThem() throws Exception {
    Spool spool = new Spool(disk, MAX_BYTES, () -> 42);
    List<Place> places = new ArrayList<>();
    for (int seq = 0; !spool.isFullFor(frame(seq)); seq++) {
      places.add(spool.append(frame(seq)));
      assertSize(spool);
    }
    spool.dropOldest();
    assertSize(spool);
    places.stream().limit(places.size() / 2).forEach(place -> place.segment().done(place));
    spool.tidy();
    assertSize(spool);
    Spool again = new Spool(disk, MAX_BYTES, () -> 43);
    List<Place> left = new ArrayList<>();
    while (!again.isScanned()) {
      assertThat(again.scan((frame, place) -> left.add(place))).isNull();
    }
    assertSize(again);
    left.forEach(place -> place.segment().done(place));
    again.tidy();
    assertSize(again);
    assertThat(again.bytes()).isZero();
  }

  private void assertSize(Spool spool) {
    long bytes =
        disk.names().stream()
            .filter(name -> name.endsWith(".frames"))
            .mapToLong(name -> disk.bytes(name).length)
            .sum();
    assertThat(spool.bytes()).isEqualTo(bytes);
  }

  private static Frame frame(int seq) {
    return new Frame("door", "s1", seq, 100L * seq, Encoding.S16LE, new byte[1000], false);
  }
}
