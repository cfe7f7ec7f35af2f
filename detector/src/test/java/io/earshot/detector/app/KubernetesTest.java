package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.inference.InferenceWorker;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The manifests, read by the classes that Kubernetes' own API is described by; unlike a server they
 * refuse fields that there are none of. What refers to something must find it.
 */
class KubernetesTest {
  /** Made by hand, as the kustomization says. */
  private static final String SECRET = "earshot-secrets";

  private final Map<String, Object> base = Manifests.kustomization("base");
  private final List<HasMetadata> objects =
      Stream.of("base", "alert").flatMap(folder -> Manifests.objects(folder).stream()).toList();
  private final List<Deployment> deployments = of(Deployment.class);

  @Test
  void aFieldThatThereIsNoneOfIsRefused() {
    JsonNode wrong =
        Manifests.STRICT.valueToTree(
            Map.of("kind", "Deployment", "spec", Map.of("template", Map.of("specs", Map.of()))));
    assertThatThrownBy(() -> Manifests.STRICT.treeToValue(wrong, Deployment.class))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("specs");
  }

  @Test
  void everyRoleHasADeployment() {
    assertThat(deployments)
        .extracting(it -> it.getMetadata().getName())
        .containsExactly("event", "inference", "segment", "web", "alert");
    for (Deployment deployment : deployments) {
      String role = deployment.getMetadata().getName();
      assertThat(container(deployment).getArgs()).containsExactly("detector", "--role", role);
      Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
      assertThat(labels)
          .containsEntry("app.kubernetes.io/component", role)
          .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
    }
  }

  @Test
  void everyFileIsAppliedAndNoOther() {
    for (String folder : List.of("base", "alert", "keda", "monitoring")) {
      Set<String> there = new HashSet<>();
      DockerFiles.files(Manifests.FOLDER.resolve(folder))
          .forEach(file -> there.add(file.getFileName().toString()));
      there.removeAll(Set.of("kustomization.yaml", "earshot.yaml"));
      assertThat(DockerFiles.<String>list(Manifests.kustomization(folder).get("resources")))
          .containsExactlyInAnyOrderElementsOf(there);
    }
    Map<String, Object> all = Manifests.kustomization(".");
    assertThat(all.get("resources")).isEqualTo(List.of("base"));
    assertThat(all.get("components")).isEqualTo(List.of("keda", "monitoring"));
    assertThat(DockerFiles.read(Manifests.FOLDER.resolve("kustomization.yaml")))
        .contains("\n  # - alert\n  # - gpu\n");
    assertThat(all.get("namespace"))
        .isEqualTo(base.get("namespace"))
        .isEqualTo(of(Namespace.class).get(0).getMetadata().getName());
  }

  @Test
  void podsAreDeniedWhatTheyDoNotNeed() {
    for (Deployment deployment : deployments) {
      PodSpec pod = pod(deployment);
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
      assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(10001);
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      var context = container(deployment).getSecurityContext();
      assertThat(context.getAllowPrivilegeEscalation()).isFalse();
      assertThat(context.getReadOnlyRootFilesystem()).isTrue();
      assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    }
  }

  @Test
  void everyPodIsProbedAndSaysWhatItNeeds() {
    for (Deployment deployment : deployments) {
      Container container = container(deployment);
      assertProbe(container.getStartupProbe(), "/healthz", container);
      assertProbe(container.getLivenessProbe(), "/healthz", container);
      assertProbe(container.getReadinessProbe(), "/readyz", container);
      var resources = container.getResources();
      assertThat(resources.getRequests()).containsOnlyKeys("cpu", "memory");
      assertThat(resources.getLimits()).containsOnlyKeys("memory");
      assertThat(resources.getLimits().get("memory").getNumericalAmount())
          .isGreaterThan(resources.getRequests().get("memory").getNumericalAmount());
      assertThat(pod(deployment).getTerminationGracePeriodSeconds()).isEqualTo(60);
    }
  }

  @Test
  void whatIsMountedAndReadFromElsewhereIsThere() {
    Set<String> maps = Set.of("earshot-kafka", "earshot-settings", "earshot-alerts");
    assertThat(generators().keySet()).isEqualTo(maps);
    for (Deployment deployment : deployments) {
      List<String> volumes = pod(deployment).getVolumes().stream().map(Volume::getName).toList();
      assertThat(container(deployment).getVolumeMounts())
          .allMatch(mount -> volumes.contains(mount.getName()))
          .extracting(mount -> mount.getMountPath())
          .containsExactly("/opt/earshot/config", "/opt/earshot/data", "/tmp");
      for (Volume volume : pod(deployment).getVolumes()) {
        if (volume.getConfigMap() != null) {
          assertThat(maps).contains(volume.getConfigMap().getName());
        }
        if (volume.getPersistentVolumeClaim() != null) {
          assertThat(of(PersistentVolumeClaim.class))
              .extracting(it -> it.getMetadata().getName())
              .contains(volume.getPersistentVolumeClaim().getClaimName());
        }
      }
      for (EnvVar variable : container(deployment).getEnv()) {
        var from = variable.getValueFrom();
        if (from.getSecretKeyRef() == null) {
          assertThat(maps).contains(from.getConfigMapKeyRef().getName());
          assertThat(literals()).contains(from.getConfigMapKeyRef().getKey());
        } else {
          assertThat(from.getSecretKeyRef().getName()).isEqualTo(SECRET);
          assertThat(DockerFiles.read(Manifests.FOLDER.resolve("base/kustomization.yaml")))
              .contains("secret generic " + SECRET)
              .contains("--from-literal=" + from.getSecretKeyRef().getKey() + "=");
        }
      }
    }
  }

  @Test
  void servicesAndBudgetsFindTheirPods() {
    assertThat(of(Service.class)).isNotEmpty();
    for (Service service : of(Service.class)) {
      Deployment chosen = chosen(service.getSpec().getSelector());
      assertThat(container(chosen).getPorts())
          .extracting(port -> port.getName())
          .contains(service.getSpec().getPorts().get(0).getTargetPort().getStrVal());
    }
    List<String> budgets = new ArrayList<>();
    for (PodDisruptionBudget budget : of(PodDisruptionBudget.class)) {
      Deployment chosen = chosen(budget.getSpec().getSelector().getMatchLabels());
      // With one pod alone, a budget would keep a node from being emptied, or do nothing.
      assertThat(chosen.getSpec().getReplicas()).isGreaterThan(1);
      budgets.add(chosen.getMetadata().getName());
    }
    assertThat(deployments)
        .filteredOn(it -> it.getSpec().getReplicas() > 1)
        .extracting(it -> it.getMetadata().getName())
        .isEqualTo(budgets);
    PodMonitor monitor = (PodMonitor) Manifests.objects("monitoring").get(0);
    for (Deployment deployment : deployments) {
      assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
          .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels())
          .containsKey(monitor.getSpec().getJobLabel());
      assertThat(container(deployment).getPorts())
          .extracting(port -> port.getName())
          .contains(monitor.getSpec().getPodMetricsEndpoints().get(0).getPort());
    }
  }

  @Test
  void earshotTakesItsCommandsAndSettings() throws Exception {
    Config config = settings();
    assertThatCode(() -> config.web().settings(Map.of("EARSHOT_WEB_TOKEN", "0123456789abcdef")))
        .doesNotThrowAnyException();
    assertThat(config.web().listen()).isEqualTo("0.0.0.0");
    for (Deployment deployment : deployments) {
      List<String> arguments = container(deployment).getArgs();
      String[] all = arguments.toArray(String[]::new);
      assertThatCode(() -> Earshot.commandLine().parseArgs(all)).doesNotThrowAnyException();
      DetectorRoles roles = new DetectorRoles();
      new CommandLine(roles).parseArgs(List.of(all).subList(1, all.length).toArray(String[]::new));
      assertThat(roles.of(settings(deployment)))
          .isEqualTo(Role.of(List.of(deployment.getMetadata().getName())));
    }
  }

  /** The file of alert differs from that of the others in what is alert's alone. */
  @Test
  void alertHasSettingsOfItsOwnWithASubscription() throws Exception {
    Config own = settings(chosen(Map.of("app.kubernetes.io/component", "alert")));
    assertThat(AlertSubscriptions.all(own.alerts(), Map.of()))
        .extracting(it -> it.name())
        .containsExactly("door");
    assertThat(own.kafka()).isEqualTo(settings().kafka());
    assertThat(own.metrics()).isEqualTo(settings().metrics());
  }

  @Test
  void podsAreAddedByTheLagOfTheirOwnGroup() throws Exception {
    Map<String, List<String>> read =
        Map.of(
            "segment", List.of(StreamsRunner.APPLICATION, Topics.FRAMES),
            "inference", List.of(InferenceWorker.GROUP, Topics.PATCHES),
            "event", List.of(StreamsRunner.APPLICATION, Topics.SCORES));
    List<Map<String, Object>> scaled =
        DockerFiles.yaml(Manifests.FOLDER.resolve("keda/scaling.yaml"));
    assertThat(scaled).hasSize(3);
    for (Map<String, Object> object : scaled) {
      String role = (String) DockerFiles.at(object, "spec", "scaleTargetRef", "name");
      Deployment target = chosen(Map.of("app.kubernetes.io/component", role));
      assertThat(DockerFiles.at(object, "metadata", "name")).isEqualTo(role);
      assertThat(DockerFiles.at(object, "spec", "minReplicaCount"))
          .isEqualTo(target.getSpec().getReplicas());
      assertThat(DockerFiles.at(object, "spec", "maxReplicaCount"))
          .isEqualTo(settings().kafka().partitions());
      Object trigger = DockerFiles.list(DockerFiles.at(object, "spec", "triggers")).get(0);
      assertThat(DockerFiles.at(trigger, "type")).isEqualTo("kafka");
      Map<String, Object> metadata = DockerFiles.map(DockerFiles.at(trigger, "metadata"));
      assertThat(List.of(metadata.get("consumerGroup"), metadata.get("topic")))
          .isEqualTo(read.get(role));
      assertThat(container(target).getEnv())
          .extracting(EnvVar::getName)
          .contains((String) metadata.get("bootstrapServersFromEnv"));
      // KEDA reads text.
      assertThat((String) metadata.get("lagThreshold")).matches("\\d+");
    }
  }

  /** Each {@code kubectl apply} would set a number that stands there. */
  @Test
  void ofPodsThatAreAddedNoManifestSaysHowMany() {
    Map<String, Object> keda = Manifests.kustomization("keda");
    assertThat(DockerFiles.<Object>list(keda.get("patches"))).hasSize(1);
    Object patch = DockerFiles.list(keda.get("patches")).get(0);
    assertThat(Manifests.operations(patch))
        .isEqualTo(List.of(Map.of("op", "remove", "path", "/spec/replicas")));
    assertThat(DockerFiles.at(patch, "target", "kind")).isEqualTo("Deployment");
    String name = (String) DockerFiles.at(patch, "target", "name");
    assertThat(deployments)
        .extracting(it -> it.getMetadata().getName())
        .filteredOn(it -> it.matches(name))
        .containsExactlyInAnyOrderElementsOf(
            DockerFiles.yaml(Manifests.FOLDER.resolve("keda/scaling.yaml")).stream()
                .map(it -> (String) DockerFiles.at(it, "spec", "scaleTargetRef", "name"))
                .toList());
  }

  @Test
  void theGpuGoesToInference() throws Exception {
    Map<String, Object> component = Manifests.kustomization("gpu");
    String path =
        (String) DockerFiles.at(DockerFiles.list(component.get("patches")).get(0), "path");
    Deployment patch =
        Manifests.STRICT.convertValue(
            DockerFiles.yaml(Manifests.FOLDER.resolve("gpu").resolve(path)).get(0),
            Deployment.class);
    Deployment patched =
        chosen(Map.of("app.kubernetes.io/component", patch.getMetadata().getName()));
    assertThat(patched.getMetadata().getName()).isEqualTo("inference");
    assertThat(container(patch).getName()).isEqualTo(container(patched).getName());
    assertThat(container(patch).getImage())
        .isEqualTo(DockerFiles.at(DockerFiles.compose(), "services", "detector-gpu", "image"));
    assertThat(container(patch).getResources().getLimits()).containsKey("nvidia.com/gpu");
  }

  @Test
  void theImageIsThatOfCompose() {
    Object image = DockerFiles.list(base.get("images")).get(0);
    assertThat(DockerFiles.at(image, "name") + ":" + DockerFiles.at(image, "newTag"))
        .isEqualTo(DockerFiles.at(DockerFiles.compose(), "services", "detector", "image"));
    for (Deployment deployment : deployments) {
      // A component has no part in the images of base.
      String tag =
          deployment.getMetadata().getName().equals("alert")
              ? ":" + DockerFiles.at(image, "newTag")
              : "";
      assertThat(container(deployment).getImage()).isEqualTo(DockerFiles.at(image, "name") + tag);
    }
  }

  private static Config settings() throws Exception {
    return ConfigFile.read(Manifests.FOLDER.resolve("base/earshot.yaml"), Map.of());
  }

  /** Those of the file that the pod is given. */
  private static Config settings(Deployment deployment) throws Exception {
    String map =
        pod(deployment).getVolumes().stream()
            .filter(volume -> volume.getName().equals("settings"))
            .findFirst()
            .orElseThrow()
            .getConfigMap()
            .getName();
    return ConfigFile.read(generators().get(map).resolve("earshot.yaml"), Map.of());
  }

  /** The folder in which each config map is made. */
  private static Map<String, Path> generators() {
    Map<String, Path> folders = new TreeMap<>();
    for (String folder : List.of("base", "alert")) {
      for (Object generator :
          DockerFiles.<Object>list(Manifests.kustomization(folder).get("configMapGenerator"))) {
        folders.put(DockerFiles.at(generator, "name").toString(), Manifests.FOLDER.resolve(folder));
      }
    }
    return folders;
  }

  private List<String> literals() {
    List<String> keys = new ArrayList<>();
    for (Object generator : DockerFiles.<Object>list(base.get("configMapGenerator"))) {
      for (String literal : DockerFiles.<String>list(DockerFiles.at(generator, "literals"))) {
        keys.add(literal.split("=")[0]);
      }
    }
    return keys;
  }

  private static void assertProbe(Probe probe, String path, Container container) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(container.getPorts())
        .anyMatch(
            port ->
                port.getName().equals(probe.getHttpGet().getPort().getStrVal())
                    && port.getContainerPort() == 9464);
  }

  private Deployment chosen(Map<String, String> labels) {
    List<Deployment> chosen =
        deployments.stream()
            .filter(
                it ->
                    it.getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(labels.entrySet()))
            .toList();
    assertThat(chosen).hasSize(1);
    return chosen.get(0);
  }

  private static PodSpec pod(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static Container container(Deployment deployment) {
    assertThat(pod(deployment).getContainers()).hasSize(1);
    return pod(deployment).getContainers().get(0);
  }

  private <T extends HasMetadata> List<T> of(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
