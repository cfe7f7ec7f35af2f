package io.earshot.models.transfer;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
    List<Clip> mixtures,
    Map<String, String> skipped,
    List<String> notes) {

  /** For each fold so many made negatives of every kind. */
  private static final int MADE_PER_KIND = 4;

  /** Hears the files of a data set; makes negatives if it brings none. */
  static Material gather(Dataset dataset, ClipEmbedder embedder, long seed, Listener listener)
      throws DatasetException {
    List<LabelledFile> files =
        Stream.concat(dataset.files().stream(), dataset.background().stream()).toList();
    Map<String, Clip> heard = new HashMap<>();
    embedder.embed(files, listener).forEach(clip -> heard.put(clip.name(), clip));
    Map<String, String> skipped = new TreeMap<>();
    embedder.skipped().forEach((file, reason) -> skipped.put(file.name(), reason));
    Set<Path> unheard =
        embedder.skipped().keySet().stream().map(LabelledFile::file).collect(Collectors.toSet());
    Dataset readable = dataset.without(unheard);
    readable.check();
    Duplicates all =
        new Duplicates(
            Stream.concat(readable.files().stream(), readable.background().stream())
                .map(file -> heard.get(file.name()).as(file))
                .toList());
    all.merged().forEach((name, same) -> skipped.put(name, "has the content of " + same));
    List<Clip> clips = all.kept().stream().filter(clip -> !clip.labels().isEmpty()).toList();
    List<Clip> given = all.kept().stream().filter(clip -> clip.labels().isEmpty()).toList();
    List<String> notes = new ArrayList<>(readable.notes());
    if (!given.isEmpty()) {
      notes.add("Negatives: " + given.size() + " clips of background");
      return new Material(clips, given, List.of(), skipped, List.copyOf(notes));
    }
    List<Clip> made = made(clips, embedder, seed, listener);
    List<Clip> mixtures = new Mixtures(embedder).make(clips, seed, listener);
    notes.add(
        "Negatives: %d made clips of silence and coloured noise; %d mixtures of two classes, learnt from only"
            .formatted(made.size(), mixtures.size()));
    return new Material(clips, made, mixtures, skipped, List.copyOf(notes));
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
    List<Clip> learnt = new ArrayList<>(split.learnt());
    mixtures.stream().filter(mixture -> mixture.fold() != fold).forEach(learnt::add);
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

  /** The same, each clip one segment: the mean over the clip. */
  Material averaged() {
    return new Material(averaged(clips), averaged(negatives), averaged(mixtures), skipped, notes);
  }

  private static List<Clip> averaged(List<Clip> clips) {
    return clips.stream().map(Clip::averaged).toList();
  }
}
