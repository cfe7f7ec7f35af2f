package io.earshot.detector.web;

import io.earshot.detector.event.EventRules;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is decided by, and what there is to ask: {@code /api/models}, {@code /api/rules} and {@code
 * /api/openapi.json}.
 */
public final class FactRoutes implements Routes {
  private static final String OPENAPI = "openapi.json";

  private final Supplier<List<InstalledModel>> models;
  private final RulesJson rules;
  private final byte[] openApi = openApi();

  /**
   * @param models those that are installed now; any thread
   */
  public FactRoutes(Supplier<List<InstalledModel>> models, EventRules rules) {
    this.models = models;
    this.rules = RulesJson.of(rules);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/models", context -> answer(context, new Models(models.get())));
    routes.get("/api/rules", context -> answer(context, rules));
    routes.get("/api/" + OPENAPI, this::describe);
  }

  private record Models(List<InstalledModel> models) {}

  private static void answer(Context context, Object value) {
    new Parameters(context, Set.of());
    Json.answer(context, value);
  }

  private void describe(Context context) {
    new Parameters(context, Set.of());
    Json.answer(context, openApi);
  }

  private static byte[] openApi() {
    try (InputStream file = FactRoutes.class.getResourceAsStream(OPENAPI)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a file of the program itself", e);
    }
  }
}
