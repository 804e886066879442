package io.foreshock.probe;

import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.service.ServiceProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The probe as a process of its own; exit codes as {@link ServiceProcess} says. */
public final class ProbeMain {
  /** Name in documentation and messages. */
  public static final String NAME = "probe";

  private static final String PATTERN = "pipeline-probe.yaml";
  private static final ServiceProcess PROCESS =
      new ServiceProcess(NAME, "The probe", ProbeOptions.ALL, Probe::start);

  private ProbeMain() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(CommandLine.parse(args), out, err));
  }

  /** Runs until it ends; returns the exit code. */
  public static int run(CommandLine arguments, PrintWriter out, PrintWriter err) {
    return PROCESS.run(arguments, out, err);
  }

  /** The pattern that makes a detection of what the probe sends. */
  public static String pattern() {
    try (InputStream in = ProbeMain.class.getResourceAsStream(PATTERN)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
