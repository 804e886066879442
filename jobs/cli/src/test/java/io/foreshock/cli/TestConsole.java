package io.foreshock.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs the command line and keeps what it prints. */
public final class TestConsole {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Returns the exit code. */
  public int execute(List<String> arguments) {
    CommandLine commandLine = Foreshock.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return commandLine.execute(arguments.toArray(new String[0]));
  }

  public String output() {
    return out.toString();
  }

  public String errors() {
    return err.toString();
  }
}
