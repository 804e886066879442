package io.foreshock.notifier;

import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.service.ServiceProcess;
import java.io.PrintWriter;

/** The notifier as a process of its own; exit codes as {@link ServiceProcess} says. */
public final class NotifierMain {
  /** Name in documentation and messages. */
  public static final String NAME = "notifier";

  private static final ServiceProcess PROCESS =
      new ServiceProcess(NAME, "The notifier", NotifierOptions.ALL, Notifier::start);

  private NotifierMain() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(CommandLine.parse(args), out, err));
  }

  /** Runs until it ends; returns the exit code. */
  public static int run(CommandLine arguments, PrintWriter out, PrintWriter err) {
    return PROCESS.run(arguments, out, err);
  }
}
