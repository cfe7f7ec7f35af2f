package io.earshot.detector.app;

/** Large, so only a build with the profile train has it; the script asks for that build. */
final class PyTorch {
  private PyTorch() {}

  static void check() throws UserException {
    try {
      Class.forName("ai.djl.pytorch.engine.PtEngine", false, UserException.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw UserException.wrongUse(
          "no PyTorch on the class path; the script ./earshot brings it, or the Maven profile train",
          e);
    }
  }
}
