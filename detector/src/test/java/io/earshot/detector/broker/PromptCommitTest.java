package io.earshot.detector.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptCommitTest {
  private final PromptCommit commit = new PromptCommit(100);

  @Test
  void aBurstIsCommittedOnceItHasEnded() {
    commit.forwarded(1_000);
    commit.forwarded(1_004);
    assertThat(commit.isDue(1_010)).isFalse();
    assertThat(commit.isDue(1_014)).isTrue();
    assertThat(commit.isDue(1_030)).isFalse();
  }

  @Test
  void burstsThatFollowEachOtherCloselyShareACommit() {
    commit.forwarded(1_000);
    assertThat(commit.isDue(1_010)).isTrue();
    commit.forwarded(1_020);
    assertThat(commit.isDue(1_050)).isFalse();
    assertThat(commit.isDue(1_060)).isTrue();
  }

  @Test
  void whatNeverPausesIsCommittedAfterTheInterval() {
    for (long now = 1_000; now < 1_100; now += 5) {
      commit.forwarded(now);
      assertThat(commit.isDue(now)).as("at %d", now).isFalse();
    }
    commit.forwarded(1_100);
    assertThat(commit.isDue(1_100)).isTrue();
  }

  @Test
  void withoutResultsThereIsNothingToCommit() {
    assertThat(commit.isDue(1_000)).isFalse();
    assertThat(commit.isDue(9_000)).isFalse();
  }
}
