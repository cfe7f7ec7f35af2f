package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.detector.alert.WebhookReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsCommandTest {
  @TempDir private Path folder;

  @Test
  void aTestDeliversOneMadeUpEvent() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      CommandRun run =
          test("door", "door: {labels: [cat], webhook: {url: \"" + receiver.url() + "\"}}");
      assertThat(run.out()).singleElement().asString().matches("door: delivered in \\d+ ms");
      assertThat(run.status()).isZero();
      JsonNode body = new ObjectMapper().readTree(receiver.requests().get(0).body());
      assertThat(body.get("test").asBoolean()).isTrue();
      assertThat(body.get("subscription").asText()).isEqualTo("door");
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  void aTestThatFailsSaysWhyAndIsNotRepeated() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.answer(500);
      CommandRun run = test("door", "door: {webhook: {url: \"" + receiver.url() + "\"}}");
      assertThat(run.out()).containsExactly("door: not delivered: HTTP 500");
      assertThat(run.status()).isEqualTo(1);
      assertThat(receiver.requests()).hasSize(1);
    }
    CommandRun run = test("script", "script: {exec: {command: [\"false\"]}}");
    assertThat(run.out()).containsExactly("script: not delivered: exit status 1");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aSubscriptionThatIsNotThereIsRefused() throws Exception {
    CommandRun run = test("dor", "door: {exec: {command: [x]}}");
    assertThat(run.err()).containsExactly("earshot: no alerts.subscriptions.dor; known: door");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void withoutSubscriptionsThereIsNothingToDo() throws Exception {
    Path file = Files.writeString(folder.resolve("my.yaml"), "");
    CommandRun run = CommandRun.of("alerts", "--config", file.toString());
    assertThat(run.err()).singleElement().asString().contains("alerts.subscriptions is empty");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void aVariableThatIsNotSetEndsTheStartOfWhatNeedsIt() throws Exception {
    String text = "alerts: {subscriptions: {d: {webhook: {url: \"http://h/${EARSHOT_NOT_SET}\"}}}}";
    Path file = Files.writeString(folder.resolve("my.yaml"), text);
    CommandRun run = CommandRun.of("alerts", "--config", file.toString());
    assertThat(run.err())
        .containsExactly(
            "earshot: environment: EARSHOT_NOT_SET must be set: alerts.subscriptions.d.webhook.url"
                + " names it");
    assertThat(run.status()).isEqualTo(2);
  }

  private CommandRun test(String name, String subscriptions) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("my.yaml"), "alerts:\n  subscriptions:\n    " + subscriptions);
    return CommandRun.of("alerts", "--config", file.toString(), "--test", name);
  }
}
