package io.earshot.producer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.earshot.producer");

  @Test
  void knowsNeitherDetectorNorModels() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.earshot.detector..", "io.earshot.models..")
        .check(CLASSES);
  }

  @Test
  void kafkaIsForFramesAndPublishing() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..producer.frame..", "..producer.publish..", "..producer.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void readersOfSoundStayInSource() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..producer.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.sound..", "com.jcraft..", "javazoom..", "org.jflac..")
        .check(CLASSES);
  }

  @Test
  void dspLibrariesStayInConvert() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..producer.convert..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("be.tarsos..")
        .check(CLASSES);
  }

  @Test
  void prometheusStaysInMetrics() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..producer.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.prometheus..", "com.sun.net.httpserver..")
        .check(CLASSES);
  }

  @Test
  void metricsKnowFramesAndWhereTheyGoAlone() {
    noClasses()
        .that()
        .resideInAPackage("..producer.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..producer.source..", "..producer.convert..", "..producer.app..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("..producer.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..producer.metrics..")
        .check(CLASSES);
  }

  @Test
  void theSpoolKnowsFramesAlone() {
    noClasses()
        .that()
        .resideInAPackage("..producer.spool..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..producer.source..",
            "..producer.convert..",
            "..producer.publish..",
            "..producer.app..")
        .check(CLASSES);
  }

  @Test
  void conversionKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("..producer.convert..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..producer.source..", "..producer.frame..", "..producer.publish..", "..producer.app..")
        .check(CLASSES);
  }

  @Test
  void nettyStaysInNet() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..producer.net..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void clocksKnowNobody() {
    noClasses()
        .that()
        .resideInAPackage("..producer.clock..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("..producer..").and(resideOutsideOfPackage("..producer.clock..")))
        .check(CLASSES);
  }

  @Test
  void rtpKnowsClocksAndSampleFormatsAlone() {
    noClasses()
        .that()
        .resideInAPackage("..producer.rtp..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("..producer..")
                .and(
                    resideOutsideOfPackages(
                        "..producer.rtp..", "..producer.clock..", "..producer.convert..")))
        .check(CLASSES);
  }

  @Test
  void linesDoNotKnowTheNetwork() {
    noClasses()
        .that()
        .resideInAPackage("..producer.live..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..producer.net..", "..producer.rtp..", "..producer.source..", "..producer.app..")
        .check(CLASSES);
  }
}
