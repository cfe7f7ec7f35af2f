package io.earshot.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.Mixer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MicrophoneSourceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private final FakeMicrophone door = new FakeMicrophone("Door [plughw:0,0]", "16000/1", "48000/2");
  private final FakeMicrophone yard = new FakeMicrophone("Yard", "44100/2");

  @Test
  void sixteenKilohertzMonoComesFirst() throws Exception {
    MicrophoneSource source = open(null, door, yard);
    assertThat(source.shape()).isEqualTo(new AudioShape(16_000, 1));
    assertThat(source.name()).isEqualTo("Door [plughw:0,0]");
    assertThat(source.start()).isEqualTo(NOW);
    assertThat(source.totalFrames()).isEqualTo(-1);
    float[] block = new float[3];
    assertThat(source.read(block)).isEqualTo(3);
    assertThat(block).containsExactly(1 / 32768f, 2 / 32768f, 3 / 32768f);
    source.close();
    assertThat(door.closed).isTrue();
  }

  @Test
  void otherFormatsAreTriedInTurn() throws Exception {
    assertThat(open("1", door, yard).shape()).isEqualTo(new AudioShape(44_100, 2));
    assertThat(yard.tried)
        .extracting(format -> (int) format.getSampleRate() + "/" + format.getChannels())
        .containsExactly("16000/1", "48000/1", "44100/1", "48000/2", "44100/2");
  }

  @Test
  void aReadIsShortSoThatSoundIsNotLate() throws Exception {
    assertThat(open(null, door).read(new float[16_000])).isEqualTo(800);
  }

  @Test
  void devicesAreFoundByNameByPartOfItAndByIndex() throws Exception {
    for (String device : new String[] {"Yard", "yar", "1"}) {
      assertThat(open(device, door, yard).name()).isEqualTo("Yard");
    }
    assertThat(microphones(door, yard).names()).containsExactly("Door [plughw:0,0]", "Yard");
    assertThatThrownBy(() -> open("attic", door, yard))
        .isInstanceOf(AudioException.class)
        .hasMessage("no microphone 'attic'; --list-devices shows: [Door [plughw:0,0], Yard]");
  }

  @Test
  void aMachineWithoutMicrophoneGetsOneLine() {
    assertThatThrownBy(() -> open(null))
        .isInstanceOf(AudioException.class)
        .hasMessageContainingAll("no microphone", "detect -", "arecord", "ffmpeg")
        .hasMessageNotContaining("\n");
    FakeMicrophone busy = new FakeMicrophone("Busy");
    assertThatThrownBy(() -> open(null, busy))
        .isInstanceOf(AudioException.class)
        .hasMessageContainingAll("Busy", "not supported", "--list-devices")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aBrokenDeviceIsPassedOver() throws Exception {
    assertThat(open(null, new FakeMicrophone("Busy"), yard).name()).isEqualTo("Yard");
  }

  @Test
  void stoppingEndsAReadThatWaits() throws Exception {
    door.silentAfter(0);
    MicrophoneSource source = open(null, door);
    CompletableFuture<Integer> read = readLater(source);
    assertThat(read).isNotDone();
    source.stop();
    assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThat(source.read(new float[10])).isEqualTo(-1);
  }

  @Test
  void anUnpluggedDeviceIsAnErrorAndNoEnd() throws Exception {
    door.silentAfter(0);
    MicrophoneSource source = open(null, door);
    CompletableFuture<Integer> read = readLater(source);
    door.unplug();
    assertThatThrownBy(() -> read.get(5, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(AudioException.class)
        .hasMessageContaining("Door [plughw:0,0]: the microphone stopped");
  }

  /** As one does that is unplugged and does not say so. */
  @Test
  void aDeviceThatFallsSilentIsGone() throws Exception {
    door.silentAfter(3);
    MicrophoneSource source = open(null, door);
    float[] block = new float[3];
    assertThat(source.read(block)).isEqualTo(3);
    assertThatThrownBy(() -> source.read(block))
        .isInstanceOf(AudioException.class)
        .hasMessage("Door [plughw:0,0]: the microphone stopped; is it unplugged?");
  }

  @Test
  void theDevicesOfThisMachineCanBeListed() {
    assertThat(MicrophoneSource.devices()).doesNotContainNull();
  }

  private static CompletableFuture<Integer> readLater(MicrophoneSource source) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return source.read(new float[100]);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Microphones microphones(FakeMicrophone... devices) {
    List<Mixer> mixers = Arrays.stream(devices).map(FakeMicrophone::mixer).toList();
    return new Microphones(mixers);
  }

  private static MicrophoneSource open(String device, FakeMicrophone... devices)
      throws AudioException {
    return MicrophoneSource.open(device, microphones(devices), InstantSource.fixed(NOW), PATIENCE);
  }
}
