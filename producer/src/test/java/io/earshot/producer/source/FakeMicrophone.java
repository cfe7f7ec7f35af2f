package io.earshot.producer.source;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/**
 * A device that records 1, 2, 3 ... in the formats that it can, until it is stopped or {@link
 * #unplug unplugged}. Proxies, because the two interfaces have fifty methods and five matter.
 */
public final class FakeMicrophone {
  private static final int BUFFER_BYTES = 1 << 14;
  public final List<AudioFormat> tried = new ArrayList<>();
  private final String name;
  private final Set<String> formats;
  private AudioFormat format;
  private short next = 1;
  private long silentAfter = Long.MAX_VALUE;
  private boolean running;
  private boolean unplugged;
  boolean closed;

  /**
   * @param formats such as {@code 48000/2}
   */
  public FakeMicrophone(String name, String... formats) {
    this.name = name;
    this.formats = Set.of(formats);
  }

  Mixer mixer() {
    Mixer.Info info = new Mixer.Info(name, "", "", "") {};
    return proxy(
        Mixer.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "isLineSupported" -> true;
              case "getMixerInfo" -> info;
              case "getLine" -> line();
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  public synchronized void unplug() {
    unplugged = true;
    notifyAll();
  }

  public synchronized void plugIn() {
    unplugged = false;
  }

  /**
   * One of those that are plugged in now, as {@link MicrophoneSource} opens it.
   *
   * @param patience how long one may give nothing
   */
  public static AudioSource open(String device, Duration patience, FakeMicrophone... all)
      throws AudioException {
    List<Mixer> here =
        Arrays.stream(all).filter(FakeMicrophone::isHere).map(FakeMicrophone::mixer).toList();
    return MicrophoneSource.open(device, new Microphones(here), InstantSource.system(), patience);
  }

  private synchronized boolean isHere() {
    return !unplugged;
  }

  /** Waits for sound for ever after so many samples. */
  public synchronized void silentAfter(long samples) {
    silentAfter = samples;
    notifyAll();
  }

  private TargetDataLine line() {
    return proxy(
        TargetDataLine.class,
        (self, method, arguments) -> {
          switch (method.getName()) {
            case "open" -> open((AudioFormat) arguments[0]);
            case "start" -> running(true);
            case "stop" -> running(false);
            case "close" -> closed = true;
            case "available" -> {
              return available();
            }
            case "getFormat" -> {
              return format;
            }
            case "read" -> {
              return read((byte[]) arguments[0], (int) arguments[1], (int) arguments[2]);
            }
            default -> throw new UnsupportedOperationException(method.toString());
          }
          return null;
        });
  }

  private void open(AudioFormat wanted) throws LineUnavailableException {
    tried.add(wanted);
    if (!formats.contains((int) wanted.getSampleRate() + "/" + wanted.getChannels())) {
      throw new LineUnavailableException("line with format " + wanted + " not supported");
    }
    format = wanted;
  }

  private synchronized void running(boolean value) {
    running = value;
    notifyAll();
  }

  /** As ALSA: nothing where there is no device any more. */
  private synchronized int available() {
    return running && !unplugged && next <= silentAfter ? BUFFER_BYTES : 0;
  }

  private synchronized int read(byte[] bytes, int from, int count) throws InterruptedException {
    while (running && !unplugged && next > silentAfter) {
      wait();
    }
    if (!running || unplugged) {
      return 0;
    }
    for (int i = 0; i < count; i += 2) {
      bytes[from + i] = (byte) next;
      bytes[from + i + 1] = (byte) (next++ >> 8);
    }
    return count;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
