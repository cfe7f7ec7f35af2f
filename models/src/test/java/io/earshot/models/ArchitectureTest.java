package io.earshot.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what inside the module. */
class ArchitectureTest {

  private static JavaClasses module;

  @BeforeAll
  static void read() {
    module =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.earshot.models");
  }

  @Test
  void neverKafkaNorTheOtherModules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "io.earshot.producer..", "io.earshot.detector..")
        .check(module);
  }

  @Test
  void onnxRuntimeHasOneHome() {
    assertHome("onnx", "ai.onnxruntime..");
  }

  @Test
  void graphsAreReadAndChangedInTwoPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.earshot.models.onnx", "io.earshot.models.quantize")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnx..", "com.google.protobuf..")
        .check(module);
  }

  @Test
  void pyTorchHasOneHome() {
    assertHome("train", "ai.djl..");
  }

  @Test
  void tribuoHasOneHome() {
    assertHome("head", "org.tribuo..", "de.bwaldvogel..", "com.oracle.labs..");
  }

  @Test
  void tensorFlowLiteHasOneHome() {
    assertHome("importer", "org.tensorflow..", "com.google.flatbuffers..");
  }

  @Test
  void jacksonHasTwoHomes() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.earshot.models.pack", "io.earshot.models.evaluate")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson..")
        .check(module);
  }

  @Test
  void chartsHaveOneHome() {
    assertHome("evaluate", "org.knowm.xchart..", "java.awt..");
  }

  @Test
  void madeSoundsKnowTheFrontEndAlone() {
    classes()
        .that()
        .resideInAPackage("io.earshot.models.synth")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.earshot.models.synth", "io.earshot.models.feature", "be.tarsos.dsp..", "java..")
        .check(module);
  }

  @Test
  void dataSetsKnowNoNeighbour() {
    classes()
        .that()
        .resideInAPackage("io.earshot.models.dataset")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.earshot.models.dataset", "org.apache.commons.csv..", "java..")
        .check(module);
  }

  @Test
  void listsOfEventsKnowNothingElse() {
    classes()
        .that()
        .resideInAPackage("io.earshot.models.evaluate.sed")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.earshot.models.evaluate.sed", "org.apache.commons.csv..", "java..")
        .check(module);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.earshot.models.(*)..").should().beFreeOfCycles().check(module);
  }

  private static void assertHome(String home, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.earshot.models." + home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(module);
  }
}
