package io.earshot.models.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What came of a training.
 *
 * @param directory of the package
 * @param skipped name of each file that was not learnt from, and why
 * @param warnings what the user should know at once, in sentences
 * @param summary what was measured, in lines for a terminal
 */
public record Taught(
    Path directory, Map<String, String> skipped, List<String> warnings, List<String> summary) {}
