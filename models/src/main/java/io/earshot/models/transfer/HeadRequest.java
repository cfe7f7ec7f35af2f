package io.earshot.models.transfer;

import io.earshot.models.head.HeadTrainer;
import io.earshot.models.pack.ModelPackage;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a head is to be made with.
 *
 * @param name of the package
 * @param licence SPDX identifier of the head's licence
 * @param backbone gives the embeddings; its network becomes part of the package
 * @param foldBackbones where a fold is judged with another backbone, one that has not learnt from
 *     it
 * @param reader of sound files
 * @param cache folder of embeddings
 * @param temporary an empty folder for what is on its way into the package
 * @param seed draws what is made and what is held out
 * @param settings for the report: what the user chose, in order; {@code head} is one of them
 * @param command for the card: how to repeat it
 */
public record HeadRequest(
    String name,
    String licence,
    ModelPackage backbone,
    Map<Integer, ModelPackage> foldBackbones,
    HeadTrainer trainer,
    SoundReader reader,
    Path cache,
    Path temporary,
    long seed,
    Map<String, String> settings,
    String command) {}
