package io.earshot.detector.app;

import io.earshot.producer.frame.StreamId;
import io.earshot.producer.source.MicrophoneSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** The microphones of this machine, for the commands that use one. */
final class Microphones {
  private Microphones() {}

  static int list(PrintWriter err) {
    List<String> devices = MicrophoneSource.devices();
    for (int i = 0; i < devices.size(); i++) {
      System.out.println(i + "\t" + devices.get(i));
    }
    if (devices.isEmpty()) {
      err.println("earshot: this machine has no microphone that Java can see");
    }
    return 0;
  }

  /**
   * A microphone that has been tried, and is opened when its turn comes: what it hears while the
   * pipeline starts would overrun its buffer.
   *
   * @param device as the user named it; null for the first that works
   * @param stream id of its stream; null to make one of the microphone's name
   */
  static Recording recording(String device, String stream) throws UserException {
    try (MicrophoneSource tried = MicrophoneSource.open(device)) {
      String name = tried.name();
      String id = stream == null ? StreamId.of(name) : stream;
      return new Recording(name, id, start -> MicrophoneSource.open(device));
    } catch (IOException e) {
      throw UserException.failed(e.getMessage(), e);
    }
  }
}
