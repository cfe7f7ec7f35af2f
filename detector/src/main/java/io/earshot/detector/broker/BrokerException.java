package io.earshot.detector.broker;

/** Kafka could not be started or reached; the message is one line for the user. */
public final class BrokerException extends Exception {
  public BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
