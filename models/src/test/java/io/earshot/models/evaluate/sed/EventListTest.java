package io.earshot.models.evaluate.sed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventListTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5\t2\tdog bark",
        "1.5;2;dog bark",
        "1.5,2,dog bark",
        "1.5, 2, \"dog bark\"",
        "1.5  2 dog bark",
        "\uFEFF+1.50\t2e0\tdog bark",
        "onset\toffset\tevent_label\n1.5\t2\tdog bark",
        "# made by hand\n\n1.5\t2\tdog bark\n\n",
        "event_label,offset,onset\ndog bark,2,1.5",
        "onset offset label\n1.5 2 dog bark",
      })
  void anEventOfOneRecording(String text) throws Exception {
    assertThat(read(text)).containsExactly(new SoundEvent("", 1.5, 2, "dog bark"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav\t1.5\t2\tdog",
        "a.wav\tyard\t1.5\t2\tdog",
        "a.wav\tyard\t1.5\t2\tdog\tm\tid-7",
        "a.wav\t1.5\t2\tdog\tid-7",
        "a.wav,1.5,2,dog",
        "a.wav yard 1.5 2 dog",
        "a.wav 1.5 2 dog",
        "filename\tonset\toffset\tevent_label\na.wav\t1.5\t2\tdog\nb.wav\t\t\t",
      })
  void anEventOfANamedRecording(String text) throws Exception {
    assertThat(read(text)).containsExactly(new SoundEvent("a.wav", 1.5, 2, "dog"));
  }

  @Test
  void twoColumnsHaveNoLabel() throws Exception {
    assertThat(read("1.5\t2\n3\t4\n"))
        .containsExactly(new SoundEvent("", 1.5, 2, ""), new SoundEvent("", 3, 4, ""));
    assertThat(read("a.wav\t1.5\t2\n")).containsExactly(new SoundEvent("a.wav", 1.5, 2, ""));
  }

  @Test
  void aLabelMayHoldWhatSeparatesOtherLists() throws Exception {
    assertThat(read("1\t2\tWaves, surf; sea\n"))
        .containsExactly(new SoundEvent("", 1, 2, "Waves, surf; sea"));
    assertThat(read("1,2,\"Waves, surf\"\n"))
        .containsExactly(new SoundEvent("", 1, 2, "Waves, surf"));
  }

  @Test
  void anEmptyFileIsAnEmptyList() throws Exception {
    assertThat(read("")).isEmpty();
    assertThat(read("onset\toffset\tevent_label\n")).isEmpty();
  }

  @Test
  void aBadLineIsNamedByFileAndNumber() throws Exception {
    assertBad("1\t2\ta\n\n3\tfour\tb\n", ": line 3: \"3\tfour\tb\" is no event; expected onset");
    assertBad("1\t2\ta\n5\t4\ta\n", ": line 2: an event from 5.0 to 4.0 s");
    assertBad("-1\t2\ta\n", ": line 1: an event from -1.0 to 2.0 s");
    assertBad("1\tNaN\ta\n", ": line 1: ");
    assertBad("hello\n", ": line 1: \"hello\" is neither an event nor names columns");
    assertBad("1,2,\"open\n", ": line 1: ");
  }

  @Test
  void whatIsNoTextIsNamed() throws Exception {
    Path bytes = folder.resolve("bytes.txt");
    Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> EventList.read(bytes))
        .isInstanceOf(EventListException.class)
        .hasMessage(bytes + ": not a text file in UTF-8");
    Path none = folder.resolve("none.txt");
    assertThatThrownBy(() -> EventList.read(none)).hasMessage(none + ": no such file");
    assertThatThrownBy(() -> EventList.read(folder)).hasMessage(folder + ": cannot be read");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    EventList list =
        new EventList(
            List.of(
                new SoundEvent("b.wav", 0.0000625, 12.345625, "Waves, surf"),
                new SoundEvent("a.wav", 1, 2, "dog")));
    Path file = folder.resolve("written.txt");
    list.write(file);
    assertThat(Files.readString(file))
        .isEqualTo("b.wav\t0.0000625\t12.3456250\tWaves, surf\na.wav\t1.0000000\t2.0000000\tdog\n");
    assertThat(EventList.read(file)).isEqualTo(list);
  }

  @Test
  void aListWithoutFileNamesIsOfTheOtherListsOnlyRecording() throws Exception {
    Path named = write("named.txt", "a.wav\t1\t2\tdog\n");
    Path unnamed = write("unnamed.txt", "1\t2\tdog\n");
    EventListPair pair = EventListPair.read(named, unnamed);
    assertThat(EventBasedMetrics.onsetOnly(0.1).measure(pair).overall().fMeasure()).isEqualTo(1);
    Path two = write("two.txt", "a.wav\t1\t2\tdog\nb.wav\t1\t2\tdog\n");
    assertThatThrownBy(() -> EventListPair.read(two, unnamed))
        .isInstanceOf(EventListException.class)
        .hasMessageContaining("no recording in common: \"a.wav\" and no file name");
  }

  private List<SoundEvent> read(String text) throws Exception {
    return EventList.read(write("list.txt", text)).events();
  }

  private void assertBad(String text, String message) throws IOException {
    Path file = write("bad.txt", text);
    assertThatThrownBy(() -> EventList.read(file))
        .isInstanceOf(EventListException.class)
        .hasMessageStartingWith(file + message);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }
}
