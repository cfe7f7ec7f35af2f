package io.earshot.detector.app;

import java.util.List;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;

/**
 * Failures that end a Kafka client and not the work: a new client can go on from the last commit.
 */
final class PassingFailure {
  private static final List<Class<? extends Exception>> KINDS =
      List.of(
          RetriableException.class,
          // Another producer, or the coordinator after a time-out, has fenced this one.
          ApplicationRecoverableException.class,
          // The transaction was aborted under its producer, seen when a broker comes back.
          InvalidTxnStateException.class,
          TransactionAbortedException.class,
          TransactionAbortableException.class,
          OutOfOrderSequenceException.class);

  private PassingFailure() {}

  /** The passing failure among {@code e} and what caused it; null if it is none. */
  static Throwable in(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      for (Class<?> kind : KINDS) {
        if (kind.isInstance(cause)) {
          return cause;
        }
      }
    }
    return null;
  }
}
