package io.earshot.models.transfer;

import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.evaluate.OwnScores;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import io.earshot.models.pack.ScoreDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Plays labelled clips to a package and puts into it which scores its labels had in their own
 * clips, so that a live stream's scores can be compared with them.
 *
 * <pre>{@code
 * DistributionRun run = new DistributionRun(model, Map.of("dogs", "dog_bark"), reader, cache, command);
 * ScoreDistribution scores = run.write(files, listener); // the package is written anew
 * }</pre>
 *
 * <p>Labels that the package has scores of and the clips have not keep theirs.
 */
public final class DistributionRun {
  private static final String CARD = "card.md";
  private static final String HEADING = "\n## Scores of known clips\n";

  private static final String ABOUT =
      """

      `distribution.csv` holds which scores the network gives each label in the segments of that label's
      own clips; `earshot_score_drift` compares a live stream with them. If the network has learnt from
      these clips, it is a little surer of them than of others. Counted by:
      """;

  private final ModelPackage model;
  private final SoundReader reader;
  private final Path cache;
  private final String command;
  private final ClipJudge judge;

  /**
   * @param names what the model calls each label of the clips
   * @param cache folder of what was computed before
   * @param command that repeats this, for the card
   */
  public DistributionRun(
      ModelPackage model,
      Map<String, String> names,
      SoundReader reader,
      Path cache,
      String command) {
    this.model = model;
    this.reader = reader;
    this.cache = cache;
    this.command = command;
    this.judge = new ClipJudge(model, model.hop(), names);
  }

  /** Name of each file that could not be heard, and why. */
  public Map<String, String> skipped() {
    return judge.skipped();
  }

  /**
   * Scores the clips and writes the package anew, with all else as it was.
   *
   * @throws PackageException the package does not run or cannot be written; then it stays
   */
  public ScoreDistribution write(List<LabelledFile> files, Listener listener)
      throws PackageException {
    List<JudgedClip> clips = judge.judge(files, reader, cache, listener);
    ScoreDistribution heard = OwnScores.of(judge.labels(), -1, clips);
    ScoreDistribution.Builder all = new ScoreDistribution.Builder();
    all.addMissing(heard);
    model.distribution().ifPresent(all::addMissing);
    ScoreDistribution scores = all.build();
    PackageContent content = PackageContent.of(model).distribution(scores).card(card());
    Path directory =
        PackageWriter.write(content, model.directory().toAbsolutePath().getParent(), TrialRun::of);
    PackageWriter.deleteLeftovers(directory);
    return scores;
  }

  /** With a section on this run; those of runs on other labels stay. */
  private String card() throws PackageException {
    try {
      String said = "\n```\n" + command + "\n```\n";
      String before = Files.readString(model.directory().resolve(CARD)).replace(said, "");
      String heading = before.contains(HEADING) ? "" : HEADING + ABOUT;
      return before + heading + said;
    } catch (IOException e) {
      throw new PackageException(
          "Cannot read %s: %s".formatted(model.name(), PackageException.reason(e)), e);
    }
  }
}
