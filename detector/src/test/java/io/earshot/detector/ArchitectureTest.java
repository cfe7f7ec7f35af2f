package io.earshot.detector;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may know what inside the module. */
class ArchitectureTest {
  private static final String ROOT = "io.earshot.detector.";
  private static JavaClasses module;

  @BeforeAll
  static void read() {
    module =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.earshot.detector");
    assertThat(module).hasSizeGreaterThan(60);
  }

  /** Time and data come in as parameters. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "segment.FrameOrder",
        "segment.RefusedFrames",
        "segment.RunName",
        "segment.StreamOwner",
        "segment.SilentStreams",
        "segment.RunReplay",
        "clip.ClipAssembler",
        "clip.Piece",
        "clip.Canvas",
        "clip.WindowEnd",
        "clip.EventRuns",
        "clip.MelPicture",
        "clip.Spectrogram",
        "web.Guard",
        "web.ViewerQueue",
        "live.Book",
        "live.Board",
        "live.Level",
        "live.Levels",
        "live.Message",
        "live.Patch",
        "live.Place",
        "live.Positions",
        "live.Resend",
        "live.Search",
        "event.EventTracker",
        "event.TrackerState",
        "event.LabelTracker",
        "event.Edges",
        "event.Boundaries",
        "event.EventRules",
        "event.LabelMemory",
        "event.Track",
        "event.Starts",
        "event.Terms",
        "event.Step",
        "event.Told",
        "event.Smoothing",
        "event.DailyQuietHours",
        "event.CronQuietHours",
        "event.LevelRise",
        "event.NoiseFloor",
        "event.OnsetRefiner",
        "alert.Selection",
        "alert.RateLimiter",
        "alert.RetryPolicy",
        "alert.Attempts",
        "alert.HttpOutcome",
        "alert.Signature",
        "alert.TopicTemplate",
        "alert.HomeAssistant",
        "inference.Backlog",
        "metrics.LabelDrift",
        "metrics.LagHistory",
        "metrics.BestScores",
        "inference.Batcher"
      })
  void logicKnowsNoKafkaNoThreadAndNoClock(String name) {
    assertThat(module.contain(ROOT + name)).isTrue();
    DescribedPredicate<JavaClass> pure =
        DescribedPredicate.describe(
            "be pure", c -> c.getName().split("\\$")[0].equals(ROOT + name));
    noClasses()
        .that(pure)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "org.apache.kafka..", "java.util.concurrent..", "com.lmax..", "org.slf4j..")
                .or(
                    DescribedPredicate.describe(
                        "thread or clock", ArchitectureTest::isThreadOrClock)))
        .check(module);
    noClasses().that(pure).should().callMethod(System.class, "nanoTime").check(module);
    noClasses().that(pure).should().callMethod(System.class, "currentTimeMillis").check(module);
    noClasses().that(pure).should().callMethod(java.time.Instant.class, "now").check(module);
  }

  private static boolean isThreadOrClock(JavaClass c) {
    return c.isEquivalentTo(Thread.class) || c.isEquivalentTo(java.time.Clock.class);
  }

  @ParameterizedTest
  @CsvSource({
    "inference, com.lmax..",
    "app, picocli..",
    "app, org.apache.commons.text..",
    "event, com.cronutils..",
    "app, me.tongfei..",
    "web, com.fasterxml.jackson.dataformat.csv..",
    "web, io.javalin..",
    "alert, com.hivemq..",
    "web, org.eclipse.jetty..",
    "clip, java.awt..",
    "clip, javax.imageio..",
    "broker, org.apache.kafka.metadata..",
    "broker, kafka.."
  })
  void aLibraryHasOneHome(String home, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + home + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(module);
  }

  @Test
  void onnxRuntimeStaysInModels() {
    noClasses().should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..").check(module);
  }

  @Test
  void ofTheProducerOnlyFramesAreKnownExceptWhereAllIsBuilt() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "app..", ROOT + "metrics..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.earshot.producer..")
                .and(not(resideInAPackage("io.earshot.producer.frame.."))))
        .check(module);
  }

  @Test
  void onlyTheSegmentStageClipsAndTheLiveViewKnowFrames() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "app..",
            ROOT + "segment..",
            ROOT + "clip..",
            ROOT + "live..",
            ROOT + "metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.earshot.producer..")
        .check(module);
  }

  /** How series are bounded is the same for all roles. */
  @Test
  void ofTheProducerMetricsKnowItsMetricsAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "metrics..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.earshot.producer..")
                .and(not(resideInAPackage("io.earshot.producer.metrics.."))))
        .check(module);
  }

  /** The app holds the registry between what counts and what tells. */
  @Test
  void prometheusIsForMetricsAndTheApp() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "app..", ROOT + "metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(module);
  }

  @Test
  void nobodyKnowsTheApp() {
    classes()
        .that()
        .resideInAPackage(ROOT + "app..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage(ROOT + "app..")
        .check(module);
  }

  /** Stages meet in topics: of one another they know only what a segment is. */
  @ParameterizedTest
  @CsvSource({
    "segment, inference",
    "segment, event",
    "inference, event",
    "event, inference",
    "alert, event",
    "alert, inference",
    "alert, segment",
    "event, alert",
    "inference, alert"
  })
  void stagesDoNotKnowEachOther(String stage, String other) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + stage + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + other + "..")
        .check(module);
  }

  /** They read topics, as anybody may. */
  @ParameterizedTest
  @CsvSource({
    "clip, web",
    "clip, inference",
    "clip, live",
    "live, web",
    "live, inference",
    "web, segment",
    "web, inference",
    "web, broker"
  })
  void clipsAndTheWebServerKnowNoMoreThanTheyNeed(String who, String other) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + who + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + other + "..")
        .check(module);
  }

  @Test
  void theWebServerKnowsNoKafka() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(module);
  }

  @Test
  void metricsKnowNoKafkaAndNoStageButTheSegment() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "metrics..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.apache.kafka..", ROOT + "event..", ROOT + "inference..", ROOT + "alert.."))
        .check(module);
  }
}
