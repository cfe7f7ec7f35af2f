package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final String[] LABELS = {"dog", "cat", "rain"};

  /** Clips of some recordings, of no, one or two labels each. */
  private static List<Clip> drawn(SplittableRandom random) {
    List<Clip> clips = new ArrayList<>();
    int recordings = random.nextInt(1, 60);
    int count = random.nextInt(1, 120);
    for (int i = 0; i < count; i++) {
      String first = LABELS[random.nextInt(3)];
      String second = LABELS[random.nextInt(3)];
      String recording = "recording " + random.nextInt(recordings);
      switch (random.nextInt(4)) {
        case 0 -> clips.add(SmallClips.clip("clip " + i, 1, recording));
        case 1 ->
            clips.add(
                first.equals(second)
                    ? SmallClips.clip("clip " + i, 1, recording, first)
                    : SmallClips.clip("clip " + i, 1, recording, first, second));
        default -> clips.add(SmallClips.clip("clip " + i, 1, recording, first));
      }
    }
    return clips;
  }

  @Test
  void noRecordingIsOnBothSidesAndEveryLabelKeepsHalfOfItsRecordings() {
    SplittableRandom random = new SplittableRandom(1);
    int heldOut = 0;
    for (int run = 0; run < 300; run++) {
      List<Clip> clips = drawn(random);
      Split split = Split.of(clips, run);
      assertThat(split.learnt().size() + split.heldOut().size()).isEqualTo(clips.size());
      assertThat(union(split)).containsExactlyInAnyOrderElementsOf(clips);
      assertThat(Collections.disjoint(recordings(split.learnt()), recordings(split.heldOut())))
          .isTrue();
      assertThat(split.heldOut().size()).isLessThanOrEqualTo(clips.size() / 10);
      Map<String, Set<String>> left = byLabel(split.learnt());
      byLabel(clips)
          .forEach(
              (label, all) ->
                  assertThat(2 * left.getOrDefault(label, Set.of()).size())
                      .as(label)
                      .isGreaterThanOrEqualTo(all.size()));
      heldOut += split.heldOut().size();
    }
    assertThat(heldOut).isGreaterThan(300);
  }

  @Test
  void aTenthIsHeldOutWhereEveryClipIsARecording() {
    List<Clip> clips =
        IntStream.range(0, 100)
            .mapToObj(i -> SmallClips.clip("clip " + i, 1, "recording " + i, LABELS[i % 3]))
            .toList();
    assertThat(Split.of(clips, 1).heldOut()).hasSize(10);
    assertThat(Split.of(clips, 1)).isEqualTo(Split.of(clips, 1)).isNotEqualTo(Split.of(clips, 2));
  }

  private static List<Clip> union(Split split) {
    List<Clip> all = new ArrayList<>(split.learnt());
    all.addAll(split.heldOut());
    return all;
  }

  private static Set<String> recordings(List<Clip> clips) {
    return clips.stream().map(Clip::recording).collect(Collectors.toSet());
  }

  private static Map<String, Set<String>> byLabel(List<Clip> clips) {
    Map<String, Set<String>> recordings = new HashMap<>();
    for (Clip clip : clips) {
      List<String> labels = clip.labels().isEmpty() ? List.of("none") : clip.labels();
      labels.forEach(
          label -> recordings.computeIfAbsent(label, key -> new HashSet<>()).add(clip.recording()));
    }
    return recordings;
  }
}
