package io.earshot.detector.live;

/** Somebody who watches. Called by several threads, which must not wait for it. */
public interface Viewer {
  /** Tells it something, at once or as soon as it listens. */
  void tell(Message message);

  /** Nothing more will be told. */
  void end();
}
