package io.earshot.detector.app;

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

  static MicrophoneSource open(String device) throws UserException {
    try {
      return MicrophoneSource.open(device);
    } catch (IOException e) {
      throw UserException.failed(e.getMessage(), e);
    }
  }
}
