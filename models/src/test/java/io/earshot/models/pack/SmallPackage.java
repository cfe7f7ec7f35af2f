package io.earshot.models.pack;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A package of three labels for tests of everything but the network. */
public final class SmallPackage {

  private SmallPackage() {}

  /** The package around a network with input "patches" and outputs embedding (2), scores (3). */
  public static PackageContent around(byte[] network) {
    return new PackageContent("small", "1.0", "CC0-1.0")
        .source(new Manifest.Source("made in a test", "0".repeat(64)))
        .card("# small\n")
        .network(ByteBuffer.wrap(network), "patches", FrontEnd.vggish(0.01), 480)
        .embedding(2)
        .scores(
            List.of("Speech", "Waves, surf", "Say \"ah\""),
            new Manifest.Thresholds(0.5f, Map.of("Waves, surf", 0.25f)));
  }

  /** A backbone: the network's embedding (2) alone. */
  public static PackageContent backbone(byte[] network) {
    return new PackageContent("backbone", "1.0", "CC0-1.0")
        .source(Manifest.Source.inWords("made in a test"))
        .card("# backbone\n")
        .network(ByteBuffer.wrap(network), "patches", FrontEnd.vggish(0.01), 960)
        .embedding(2);
  }
}
