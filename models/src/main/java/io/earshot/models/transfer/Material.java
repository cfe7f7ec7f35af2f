package io.earshot.models.transfer;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that a head learns from and is judged by.
 *
 * @param clips of the classes
 * @param negatives clips with none of them
 * @param mixtures of clips, learnt from only
 * @param skipped name of each file that is not among them, and why
 */
record Material(
    List<Clip> clips,
    List<Clip> negatives,
    List<Mixture> mixtures,
    Map<String, String> skipped,
    List<String> notes) {

  /** For each fold so many made negatives of every kind. */
  private static final int MADE_PER_KIND = 4;

  /** Skipped files in the message of an error. */
  private static final int MOST_NAMED = 5;

  /** Hears the files of a data set; makes negatives if it brings none. */
  static Material gather(Dataset dataset, ClipEmbedder embedder, long seed, Listener listener)
      throws DatasetException {
    Map<String, Clip> heard = new LinkedHashMap<>();
    embedder.embed(files(dataset).toList(), listener).forEach(clip -> heard.put(clip.name(), clip));
    Map<String, String> copies = Duplicates.of(List.copyOf(heard.values()));
    Map<String, String> skipped = skipped(embedder, copies);
    Dataset usable = usable(dataset, embedder, copies, skipped);
    List<Clip> clips = placed(usable.files(), heard);
    List<Clip> given = amongClasses(placed(usable.background(), heard), folds(clips));
    List<String> notes = new ArrayList<>(usable.notes());
    if (!given.isEmpty()) {
      checkGiven(given);
      notes.add("Negatives: " + given.size() + " clips of background");
      return new Material(clips, given, List.of(), skipped, List.copyOf(notes));
    }
    List<Clip> made = made(clips, embedder, seed, listener);
    List<Mixture> mixtures = new Mixtures(embedder).make(clips, seed, listener);
    notes.add(
        "Negatives: %d made clips of silence and coloured noise; %d mixtures of two classes, learnt from only"
            .formatted(made.size(), mixtures.size()));
    return new Material(clips, made, mixtures, skipped, List.copyOf(notes));
  }

  private static Stream<LabelledFile> files(Dataset dataset) {
    return Stream.concat(dataset.files().stream(), dataset.background().stream());
  }

  private static Map<String, String> skipped(ClipEmbedder embedder, Map<String, String> copies) {
    Map<String, String> skipped = new TreeMap<>();
    embedder.skipped().forEach((file, reason) -> skipped.put(file.name(), reason));
    copies.forEach(
        (name, kept) ->
            skipped.put(name, "has the content of " + kept + ", and its label goes there"));
    return skipped;
  }

  /** Folds are dealt after this, so that no copy is in another fold and every label is counted. */
  private static Dataset usable(
      Dataset dataset,
      ClipEmbedder embedder,
      Map<String, String> copies,
      Map<String, String> skipped)
      throws DatasetException {
    Set<Path> unheard =
        embedder.skipped().keySet().stream().map(LabelledFile::file).collect(Collectors.toSet());
    Dataset usable = dataset.without(unheard).merged(copies);
    try {
      usable.check();
      return usable;
    } catch (DatasetException e) {
      throw skipped.isEmpty() ? e : new DatasetException(e.getMessage() + without(skipped), e);
    }
  }

  private static String without(Map<String, String> skipped) {
    return skipped.entrySet().stream()
        .limit(MOST_NAMED)
        .map(file -> file.getKey() + ": " + file.getValue())
        .collect(
            Collectors.joining(
                "; ",
                " (%d files were skipped: ".formatted(skipped.size()),
                skipped.size() > MOST_NAMED ? "; ...)" : ")"));
  }

  private static List<Clip> placed(List<LabelledFile> files, Map<String, Clip> heard) {
    return files.stream().map(file -> heard.get(file.name()).placed(file)).toList();
  }

  /** Negatives of a fold that no class has would be judged by nobody: they go to the others. */
  private static List<Clip> amongClasses(List<Clip> negatives, List<Integer> folds) {
    return negatives.stream()
        .map(
            clip ->
                folds.contains(clip.fold())
                    ? clip
                    : clip.inFold(
                        folds.get(Math.floorMod(clip.recording().hashCode(), folds.size()))))
        .toList();
  }

  private static void checkGiven(List<Clip> given) throws DatasetException {
    if (folds(given).size() < 2) {
      throw new DatasetException(
          "background: all clips are in one fold or of one recording; at least 2 are needed, one to"
              + " learn from and one to judge by, or none at all");
    }
  }

  /** For each fold the same number of every kind. */
  private static List<Clip> made(
      List<Clip> clips, ClipEmbedder embedder, long seed, Listener listener) {
    List<Integer> folds = folds(clips);
    int kinds = MadeNoise.KINDS.size();
    List<MadeNoise> noises = MadeNoise.draw(folds.size() * MADE_PER_KIND * kinds, seed);
    List<Integer> indices = IntStream.range(0, noises.size()).boxed().toList();
    return embedder.each(
        "Making noise",
        indices,
        i -> made(noises.get(i), i, folds.get(i / kinds % folds.size()), embedder),
        listener);
  }

  private static Clip made(MadeNoise noise, int index, int fold, ClipEmbedder embedder) {
    String name = "made " + noise.words() + " " + (index + 1);
    String recipe = noise.toString();
    EmbeddedClip sound = embedder.made(recipe, noise::samples);
    return new Clip(name, List.of(), fold, name, recipe, noise::samples, sound);
  }

  /** The folds that are left out in turn. */
  List<Integer> folds() {
    return folds(clips);
  }

  private static List<Integer> folds(List<Clip> clips) {
    return clips.stream().map(Clip::fold).distinct().sorted().toList();
  }

  /** What is learnt from without that fold, 0 for none; mixtures stop nothing. */
  Split without(int fold, long seed) {
    Split split =
        Split.of(
            Stream.concat(clips.stream(), negatives.stream())
                .filter(clip -> clip.fold() != fold)
                .toList(),
            seed);
    Set<String> heldOut = split.heldOut().stream().map(Clip::recording).collect(Collectors.toSet());
    List<Clip> learnt = new ArrayList<>(split.learnt());
    mixtures.stream()
        .filter(mixture -> mixture.clip().fold() != fold)
        .filter(mixture -> Collections.disjoint(mixture.recordings(), heldOut))
        .forEach(mixture -> learnt.add(mixture.clip()));
    return new Split(learnt, split.heldOut());
  }

  /** What is judged by when that fold is left out. */
  List<Clip> of(int fold) {
    return Stream.concat(clips.stream(), negatives.stream())
        .filter(clip -> clip.fold() == fold)
        .toList();
  }

  /** The samples of a clip that is judged, once more. */
  float[] samples(String name) throws IOException {
    Optional<Clip> clip =
        Stream.concat(clips.stream(), negatives.stream())
            .filter(it -> it.name().equals(name))
            .findFirst();
    return clip.orElseThrow(() -> new IOException(name + ": no such clip")).source().samples();
  }

  /** The same, each clip of a class one segment: the mean over the clip. */
  Material averaged() {
    return new Material(
        averaged(clips),
        negatives,
        mixtures.stream().map(Mixture::averaged).toList(),
        skipped,
        notes);
  }

  private static List<Clip> averaged(List<Clip> clips) {
    return clips.stream().map(Clip::averaged).toList();
  }
}
