package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatTheEventSaysGoesOnWhateverItIs() throws Exception {
    ObjectNode event = AlertEvents.event("7", "open", "yard", "dog", 0.5).put("unheard_of", 5);
    Alert alert = Alert.read(event.toString().getBytes(UTF_8)).to("door", 3);
    ObjectNode expected = event.deepCopy().put("subscription", "door").put("suppressed", 3);
    assertThat(JSON.readTree(alert.json())).isEqualTo(expected);
  }

  @Test
  void eachAlertOfAnEventHasAKeyThatNeverChanges() {
    assertThat(AlertEvents.open("7").key()).isEqualTo("7");
    Alert update =
        Alert.of(AlertEvents.event("7", "update", "yard", "dog", 0.5).put("duration_ms", 1920));
    assertThat(update.key()).isEqualTo("7:update:1920");
    assertThat(update.asOpen().key()).isEqualTo("7");
    assertThat(update.asOpen().to("door", 0).key()).isEqualTo("7");
    assertThat(AlertEvents.alert("7", "closed", "yard", "dog", 1).key()).isEqualTo("7:closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{}", "{\"id\":7}", "\u0000"})
  void whatIsNoEventIsNone(String text) {
    assertThat(Alert.read(text.getBytes(UTF_8))).isNull();
    assertThat(Alert.read(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "ä"})
  void anIdThatFitsNoHeaderIsNone(String id) {
    assertThat(Alert.read(AlertEvents.open("a-b:7").json())).isNotNull();
    assertThat(Alert.read(AlertEvents.open(id).json())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-01-02", "+1000000000-12-31T23:59:59Z"})
  void anEventWithoutATimeIsNone(String onset) {
    ObjectNode event = AlertEvents.event("7", "open", "yard", "dog", 0.5).put("onset", onset);
    assertThat(Alert.read(event.toString().getBytes(UTF_8))).isNull();
  }

  @Test
  void theMadeUpEventIsOfTheContractAndMarked() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../config/event.schema.json")));
    ObjectNode event = AlertTrial.event(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(event.remove(Alert.TEST).asBoolean()).isTrue();
    assertThat(schema.validate(event)).isEmpty();
  }
}
