package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Reads docker/kubernetes, where a field that Kubernetes does not know is an error. */
final class Manifests {
  static final Path FOLDER = DockerFiles.DOCKER.resolve("kubernetes");
  static final ObjectMapper STRICT =
      new ObjectMapper().setAnnotationIntrospector(new WithoutAnySetter());
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "Namespace", Namespace.class,
          "Deployment", Deployment.class,
          "Service", Service.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class,
          "PodDisruptionBudget", PodDisruptionBudget.class,
          "PodMonitor", PodMonitor.class);

  private Manifests() {}

  static Map<String, Object> kustomization(String folder) {
    return DockerFiles.yaml(FOLDER.resolve(folder).resolve("kustomization.yaml")).get(0);
  }

  static List<HasMetadata> objects(String folder) {
    List<HasMetadata> objects = new ArrayList<>();
    List<String> files = new ArrayList<>(DockerFiles.list(kustomization(folder).get("resources")));
    files.sort(null);
    for (String file : files) {
      for (Map<String, Object> document : DockerFiles.yaml(FOLDER.resolve(folder).resolve(file))) {
        Class<? extends HasMetadata> kind = KINDS.get((String) document.get("kind"));
        assertThat(kind).as("%s", document.get("kind")).isNotNull();
        HasMetadata object = STRICT.convertValue(document, kind);
        assertThat(object.getApiVersion()).isEqualTo(HasMetadata.getApiVersion(kind));
        objects.add(object);
      }
    }
    return objects;
  }

  /** What a patch by RFC 6902 does, one after the other. */
  static List<Object> operations(Object patch) {
    return new Yaml().load((String) DockerFiles.at(patch, "patch"));
  }

  /** Fields that the classes do not know are errors, and not kept aside. */
  private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated a) {
      return false;
    }
  }
}
