package io.earshot.detector.clip;

/** Where events and their clips come from. Any thread. */
public interface Clips {
  /**
   * The last state of an event.
   *
   * @param id as somebody wrote it, who may mean harm
   * @throws ClipException if there is none, or Kafka does not answer
   */
  StoredEvent event(String id) throws ClipException;

  /**
   * The event's clip.
   *
   * @throws ClipException if its sound is gone, or Kafka does not answer
   */
  Clip clip(StoredEvent event) throws ClipException;
}
