package io.earshot.models.transfer;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.head.HeadTrainer;
import io.earshot.models.pack.ModelPackage;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a head is to be made of.
 *
 * @param name of the package
 * @param licence SPDX identifier of the head's licence
 * @param backbone gives the embeddings; its network becomes part of the package
 * @param averaged whether each clip is one example, the mean over its segments
 * @param reader of the data set's files
 * @param cache folder of embeddings
 * @param temporary an empty folder for what is on its way into the package
 * @param maxFalseAlarmsPerHour for each class; none for the thresholds of the best F1
 * @param seed draws what is made and what is held out
 * @param settings for the report: what the user chose, in order
 * @param command for the card: how to repeat it
 */
public record HeadRequest(
    String name,
    String licence,
    Dataset dataset,
    ModelPackage backbone,
    boolean averaged,
    HeadTrainer trainer,
    SoundReader reader,
    Path cache,
    Path temporary,
    OptionalDouble maxFalseAlarmsPerHour,
    long seed,
    Map<String, String> settings,
    String command) {}
