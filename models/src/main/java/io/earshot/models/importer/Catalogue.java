package io.earshot.models.importer;

import java.util.List;
import java.util.Optional;

/** The public models that Earshot knows. */
final class Catalogue {

  private static final List<PublicModel> MODELS = List.of(Yamnet.PUBLISHED, Vggish.PUBLISHED);

  private Catalogue() {}

  static Optional<PublicModel> find(String name) {
    return MODELS.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return MODELS.stream().map(PublicModel::name).sorted().toList();
  }
}
