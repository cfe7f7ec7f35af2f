package io.earshot.detector.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class PromptCommitTest {
  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private final PromptCommits commits = new PromptCommits(Duration.ofMillis(100));
  private final PromptCommit commit = commits.of(context);

  @Test
  void aBurstIsCommittedOnceItHasEnded() {
    forwardedAt(1_000);
    forwardedAt(1_004);
    assertThat(isCommittedAt(1_010)).isFalse();
    assertThat(isCommittedAt(1_014)).isTrue();
  }

  @Test
  void burstsThatFollowEachOtherCloselyShareACommit() {
    forwardedAt(1_000);
    assertThat(isCommittedAt(1_010)).isTrue();
    forwardedAt(1_020);
    assertThat(isCommittedAt(1_050)).isFalse();
    assertThat(isCommittedAt(1_060)).isTrue();
  }

  @Test
  void whatNeverPausesIsCommittedAfterTheInterval() {
    for (long now = 1_000; now < 1_100; now += 5) {
      forwardedAt(now);
      assertThat(isCommittedAt(now)).as("at %d", now).isFalse();
    }
    forwardedAt(1_100);
    assertThat(isCommittedAt(1_100)).isTrue();
  }

  @Test
  void theCommitOfAnotherTaskOfTheThreadIsThisOnesToo() {
    PromptCommit other = commits.of(context);
    forwardedAt(1_000);
    context.setCurrentSystemTimeMs(1_004);
    other.forwarded();
    // The first asks; the other, whose result is older than that, need not.
    assertThat(isCommittedAt(1_014)).isTrue();
    assertThat(isCommittedAt(1_024)).isFalse();
    assertThat(running()).isZero();
  }

  @Test
  void noTimerRunsWithoutResults() {
    assertThat(running()).isZero();
    forwardedAt(1_000);
    assertThat(running()).isOne();
    assertThat(isCommittedAt(1_010)).isTrue();
    assertThat(running()).isZero();
  }

  @Test
  void anIntervalOfZeroDoesNothing() {
    PromptCommits.NONE.of(context).forwarded();
    assertThat(context.scheduledPunctuators()).isEmpty();
  }

  private void forwardedAt(long millis) {
    context.setCurrentSystemTimeMs(millis);
    commit.forwarded();
  }

  private boolean isCommittedAt(long millis) {
    context.resetCommit();
    context.setCurrentSystemTimeMs(millis);
    context.scheduledPunctuators().stream()
        .filter(timer -> !timer.cancelled())
        .forEach(timer -> timer.getPunctuator().punctuate(millis));
    return context.committed();
  }

  private long running() {
    return context.scheduledPunctuators().stream().filter(timer -> !timer.cancelled()).count();
  }
}
