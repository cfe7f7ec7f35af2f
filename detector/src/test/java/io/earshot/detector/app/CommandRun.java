package io.earshot.detector.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** A command that was run in this process, and what it printed. */
record CommandRun(int status, List<String> out, List<String> err) {
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Earshot.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = line.execute(arguments);
    return new CommandRun(status, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
