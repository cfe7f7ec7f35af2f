package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.pack.ModelPackage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in groups against the class list that comes with YAMNet. */
class AudioSetGroupsTest {
  /** Parents of the ontology that are no classes of the data set, as its index lists them. */
  private static final Set<String> ABSTRACT =
      Set.of(
          "Human sounds",
          "Human voice",
          "Respiratory sounds",
          "Human locomotion",
          "Digestive",
          "Human group actions",
          "Music genre",
          "Musical concepts",
          "Music role",
          "Music mood",
          "Natural sounds",
          "Sounds of things",
          "Non-motorized land vehicle",
          "Domestic sounds, home sounds");

  @Test
  void everyNameIsAClassOrAnAbstractParent() throws Exception {
    List<String> classes = ModelPackage.load(Shared.yamnet()).labels();
    Set<String> names = new HashSet<>();
    AudioSetGroups.names().forEach(parent -> names.addAll(AudioSetGroups.members(parent)));
    names.removeAll(ABSTRACT);
    assertThat(classes).containsAll(names);
    assertThat(names).hasSizeGreaterThan(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Animal | Caterwaul",
        "Animal | Animal",
        "'Domestic animals, pets' | Bow-wow",
        "Bird | Hoot",
        "Vehicle | Ambulance (siren)",
        "Alarm | 'Smoke detector, smoke alarm'",
        "Alarm | Civil defense siren",
        "Human voice | 'Baby cry, infant cry'",
        "Music | Hammond organ",
        "Glass | Shatter",
        "Explosion | Firecracker"
      })
  void aParentHasAllThatIsBelowIt(String parent, String label) {
    assertThat(AudioSetGroups.members(parent)).contains(label);
  }

  @Test
  void aSiblingIsNoMember() {
    assertThat(AudioSetGroups.members("Dog")).contains("Bark").doesNotContain("Cat", "Meow");
    assertThat(AudioSetGroups.members("Nothing")).isEmpty();
  }
}
