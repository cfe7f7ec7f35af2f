package io.earshot.detector.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The document that describes the server, and whether answers are as it says. */
public final class OpenApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;

  public OpenApi(byte[] document) throws IOException {
    this.document = JSON.readTree(document);
  }

  public static OpenApi own() throws IOException {
    return new OpenApi(OpenApi.class.getResourceAsStream("openapi.json").readAllBytes());
  }

  public JsonNode document() {
    return document;
  }

  /** Methods and paths. */
  public List<String> routes() {
    List<String> routes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    return routes;
  }

  /** Fails unless the document has that answer to that request, and the body is as it says. */
  public void check(String method, String path, int status, byte[] body) throws IOException {
    JsonNode answer =
        document.at("/paths/%s/%s/responses/%d".formatted(path.replace("/", "~1"), method, status));
    assertThat(answer.isObject()).as("%s %s gives %d", method, path, status).isTrue();
    check(answer.at("/content/application~1json/schema"), JSON.readTree(body));
  }

  /** Fails unless the value is as one of the document's schemas says. */
  public void check(String schema, String json) throws IOException {
    check(document.at("/components/schemas/" + schema), JSON.readTree(json));
  }

  private void check(JsonNode schema, JsonNode value) {
    assertThat(schema.isObject()).as("a schema of %s", value).isTrue();
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.get("components"));
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole, config)
                .validate(value))
        .as("%s", value)
        .isEmpty();
  }
}
