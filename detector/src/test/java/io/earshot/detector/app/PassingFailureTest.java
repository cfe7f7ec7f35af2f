package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class PassingFailureTest {
  @Test
  void aTransactionThatWasAbortedOrFencedOrLatePassesHoweverDeepItLies() {
    for (Exception passing :
        new Exception[] {
          new InvalidTxnStateException("aborted"),
          new ProducerFencedException("fenced"),
          new TimeoutException("late")
        }) {
      assertThat(PassingFailure.in(passing)).isSameAs(passing);
      assertThat(PassingFailure.in(new StreamsException(new RuntimeException(passing))))
          .isSameAs(passing);
    }
  }

  @Test
  void aRefusalOrAFaultOfOurOwnDoesNotPass() {
    assertThat(PassingFailure.in(new StreamsException(new IllegalStateException("ours")))).isNull();
    assertThat(PassingFailure.in(new TopicAuthorizationException("refused"))).isNull();
    assertThat(PassingFailure.in(new RecordTooLargeException("too large"))).isNull();
  }
}
