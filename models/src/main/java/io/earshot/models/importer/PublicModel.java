package io.earshot.models.importer;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;
import java.util.List;

/** A model of others that Earshot can fetch and make a package of. */
interface PublicModel {

  /** The package's name. */
  String name();

  /** What is fetched, in this order. */
  List<RemoteFile> files();

  /** Heap that {@link #convert} needs. */
  long heapBytes();

  /**
   * Makes the content of the package.
   *
   * @param fetched the files, in their order, each with the right digest
   * @param folder where files may be left that the content refers to
   */
  PackageContent convert(List<Path> fetched, Path folder) throws PackageException;

  /**
   * Tries the finished package out before it gets its name.
   *
   * @throws PackageException it must not be installed
   */
  void check(ModelPackage staged) throws PackageException;
}
