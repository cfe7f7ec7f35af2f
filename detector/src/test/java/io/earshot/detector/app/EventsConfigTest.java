package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.earshot.detector.event.DailyQuietHours;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section events, before any model is asked. */
class EventsConfigTest {
  @TempDir private Path folder;

  @Test
  void aFileNeedsOnlyWhatItChanges() throws Exception {
    EventsConfig events =
        read(
            """
            events:
              defaults: {n_of_m: 2 of 3}
              labels:
                "Domestic animals, pets": {onset: 0.4, cooldown: 1m}
              quiet:
                - {labels: [Dog], from: 22:00, to: 06:00}
            """);
    assertThat(events.defaults().hits()).isEqualTo(2);
    assertThat(events.defaults().of()).isEqualTo(3);
    assertThat(events.defaults().minDuration()).isEqualTo(Duration.ZERO);
    DecisionConfig pets = events.labels().get("Domestic animals, pets");
    assertThat(pets.onset()).isEqualTo(0.4);
    assertThat(pets.cooldown()).isEqualTo(Duration.ofMinutes(1));
    assertThat(pets.offset()).isNull();
    assertThat(events.quiet())
        .containsExactly(
            new QuietConfig(
                List.of("Dog"),
                new DailyQuietHours(
                    LocalTime.of(22, 0),
                    LocalTime.of(6, 0),
                    EnumSet.allOf(DayOfWeek.class),
                    ZoneId.of("UTC"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{defaults: {offset: 0}} | events.defaults.offset must be above 0 and up to 1",
        "{defaults: {onset: 0.4, offset: 0.5}} | events.defaults.offset must be at most the onset, 0.4",
        "{labels: {Dog: {onset: 0.4, offset: 0.5}}} | events.labels.Dog.offset must be at most the onset",
        "{labels: {Dog: {onset: 2}}} | events.labels.Dog.onset must be above 0 and up to 1",
        "{labels: {Dog: {onsets: 0.2}}} | unknown key events.labels.Dog.onsets",
        "{labels: {Dog: 0.2}} | events.labels.Dog must be keys and values",
        "{labels: {Dog: }} | events.labels.Dog must be keys and values",
        "{labels: [Dog]} | events.labels must be keys and values",
        "{defaults: {smoothing: mean}} | events.defaults.smoothing must be none or median or exponential",
        "{defaults: {smoothing: median, smoothing_segments: 4}} | events.defaults.smoothing_segments must"
            + " be an odd number for a median",
        "{defaults: {smoothing_segments: 1}} | events.defaults.smoothing_segments must be a whole number"
            + " from 2 to 99",
        "{defaults: {n_of_m: 4 of 3}} | events.defaults.n_of_m must be at most as many as there are segm",
        "{defaults: {n_of_m: 0 of 3}} | events.defaults.n_of_m must be such as 2 of 3, from 1 of 1 up to",
        "{defaults: {n_of_m: 2 of 33}} | events.defaults.n_of_m must be such as 2 of 3, from 1 of 1 up to",
        "{defaults: {n_of_m: two}} | events.defaults.n_of_m must be such as 2 of 3, from 1 of 1 up to",
        "{defaults: {min_duration: 6s, max_duration: 5s}} | events.defaults.min_duration must be at most"
            + " max_duration",
        "{defaults: {max_duration: 10ms}} | events.defaults.max_duration must be a duration from 1s to 7d",
        "{defaults: {cooldown: 8d}} | events.defaults.cooldown must be a duration from 0ms to 7d",
        "{defaults: {merge_gap: soon}} | events.defaults.merge_gap must be a duration such as 100ms",
        "{groups: {mine: []}} | events.groups.mine must be a list of labels",
        "{groups: {mine: Dog}} | events.groups.mine must be a list, such as [a, b]",
        "{groups: {mine: [Dog]}, allow: [' ']} | events.allow must be a list of names, none of them empty",
        "{groups: {mine: [null]}} | events.groups.mine must be a list of names, none of them empty",
        "{allow: [null]} | events.allow must be a list of names, none of them empty",
        "{deny: [Dog, null]} | events.deny must be a list of names, none of them empty",
        "{quiet: [{labels: [null], from: '22:00', to: '06:00'}]} | events.quiet[0].labels must be a list of"
            + " names, none of them empty",
        "{quiet: [{cron: '0 0 30 2 *', duration: 8h}]} | events.quiet[0].cron must be minute, hour, day,"
            + " month and weekday, as 0 22 * * *: a date that never comes",
        "{allow: Dog} | events.allow must be a list, such as [a, b]",
        "{allow: [Dog, Cat], deny: [Cat]} | events.deny must be without Cat, which is in allow",
        "{quiet: [{to: '06:00'}]} | events.quiet[0].from must be there, with to, unless cron is",
        "{quiet: [{from: '22:00'}]} | events.quiet[0].to must be a time of day such as",
        "{quiet: [{from: '22:00', to: '22:00'}]} | events.quiet[0].to must be another time than from",
        "{quiet: [{from: '25:00', to: '06:00'}]} | events.quiet[0].from must be a time of day such as",
        "{quiet: [{from: '22:00', to: '06:00', days: weekend}]} | events.quiet[0].days must be days such as",
        "{quiet: [{from: '22:00', to: '06:00', zone: Wien}]} | events.quiet[0].zone must be a time zone such",
        "{quiet: [{from: '22:00', to: '06:00', duration: 8h}]} | events.quiet[0].duration must be left out",
        "{quiet: [{cron: '0 22 * * *'}]} | events.quiet[0].duration must be a duration from 1m to 7d",
        "{quiet: [{cron: '0 25 * * *', duration: 8h}]} | events.quiet[0].cron must be minute, hour, day",
        "{quiet: [{cron: nightly, duration: 8h}]} | events.quiet[0].cron must be minute, hour, day, month",
        "{quiet: [{cron: '0 22 * * *', duration: 8h, days: mon}]} | events.quiet[0].cron must be without",
        "{quiet: [{from: '22:00', to: '06:00', when: now}]} | unknown key events.quiet[0].when",
        "{quiet: [5]} | events.quiet[0] must be keys and values",
        "{loud_sound: {enabled: maybe}} | events.loud_sound.enabled must be true or false",
        "{loud_sound: {margin: 0}} | events.loud_sound.margin must be from 1 to 100 dB",
        "{loud_sound: {rise: 9, fall: 8}} | events.loud_sound.fall must be from the rise to 1000 dB a sec",
        "{loud_sound: {lowest: 3}} | events.loud_sound.lowest must be from -127 to 0 dBFS",
        "{loud_sound: {learn: 2h}} | events.loud_sound.learn must be a duration from 0ms to 1h",
        "{loud_sound: {margn: 3}} | unknown key events.loud_sound.margn; known here: enabled, margin",
      },
      quoteCharacter = '~')
  void contradictionsAndBadValuesAreRefusedByTheirPath(String events, String message)
      throws Exception {
    UserException e = catchThrowableOfType(UserException.class, () -> read("events: " + events));
    assertThat(e).as(events).isNotNull();
    assertThat(e.status).isEqualTo(2);
    assertThat(e)
        .hasMessageStartingWith(folder.resolve("my.yaml") + ": " + message)
        .hasMessageNotContainingAny("\n", "com.fasterxml", "com.cronutils");
  }

  private EventsConfig read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("my.yaml"), text);
    return ConfigFile.read(file, Map.of()).events();
  }
}
