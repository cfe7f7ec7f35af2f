/**
 * Labelled sound files to learn from and to judge by: which files, of which classes, cut from which
 * recordings, in which folds.
 *
 * <pre>
 * a folder per class (ClassFolders) -+
 *                                    +-> Found -> Recordings -> Folds -> Dataset
 * a CSV (CsvFiles) ------------------+
 * </pre>
 *
 * <p>Lists files and reads no sound. Knows no neighbour; the only package that knows Commons CSV.
 */
package io.earshot.models.dataset;
