package io.foreshock.runtime;

import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.ReferencePage;
import io.foreshock.runtime.config.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Start of every job: reads the options, prints the effective values, builds the graph, submits it.
 *
 * <p>What somebody can repair is printed as one message each, without a stack trace unless {@code
 * --verbose} is given, and the process ends with exit code 2. So is what Flink says when it does
 * not take the job or the job fails, with exit code 1. In a process that is not the job's own (a
 * JobManager that runs {@code main} itself) it is thrown instead.
 */
public final class JobLauncher {
  private static final int REFUSED = 2;
  private static final int FAILED = 1;

  private JobLauncher() {}

  /** Builds the graph of a job. */
  @FunctionalInterface
  public interface Graph {
    void build(StreamExecutionEnvironment environment, Settings settings);
  }

  /**
   * Runs a job.
   *
   * @param job name of the job, kebab case
   * @param options everything that may be configured
   * @param args arguments of {@code main}
   * @param graph adds the job to the environment; may throw {@link StartRefused}
   * @throws Exception when Flink does not take the job
   */
  public static void run(String job, Options options, String[] args, Graph graph) throws Exception {
    CommandLine commandLine = CommandLine.parse(args);
    if (commandLine.help()) {
      System.out.print(ReferencePage.help(job, options));
      exit(0);
      return;
    }
    StreamExecutionEnvironment environment;
    try {
      Settings settings = Settings.read(options, commandLine);
      System.out.print("Job " + job + " starts with\n" + settings.describe());
      settings.warnings().forEach(warning -> System.err.println("Warning: " + warning));
      environment = StreamExecutionEnvironment.getExecutionEnvironment();
      JobEnvironment.demand(environment);
      graph.build(environment, settings);
    } catch (StartRefused refused) {
      throw report(job, refused, commandLine.verbose());
    }
    try {
      environment.execute(job);
    } catch (Exception failure) {
      throw report(job, failure, commandLine.verbose());
    }
  }

  /** Prints what became of the job and ends the process; returns what to throw elsewhere. */
  private static Exception report(String job, Exception failure, boolean verbose) {
    System.out.flush();
    System.err.println("Job " + job + " could not be run: " + reason(failure));
    if (verbose) {
      failure.printStackTrace();
    } else {
      System.err.println(
          "  Is the cluster up and reachable? (--verbose shows what the platform said)");
    }
    exit(FAILED);
    return failure;
  }

  /** First lines of the outermost and the innermost message. */
  private static String reason(Throwable failure) {
    String outer = firstLine(failure);
    String inner = outer;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String deeper = firstLine(cause);
      // "Connection refused: /10.0.0.1:8081" says more than its own cause, "Connection refused".
      inner = inner.startsWith(deeper) ? inner : deeper;
    }
    return outer.contains(inner) ? outer : outer + " Cause: " + inner;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  /** Prints the problems and ends the process; returns what to throw where that is not allowed. */
  private static StartRefused report(String job, StartRefused refused, boolean verbose) {
    System.out.flush();
    System.err.println("Job " + job + " cannot start:");
    refused.problems().forEach(problem -> System.err.println("  - " + problem));
    if (verbose) {
      refused.printStackTrace();
    } else if (refused.getCause() != null) {
      System.err.println("  (--verbose shows what the platform said)");
    }
    exit(REFUSED);
    return refused;
  }

  /** Ends the process if it is the job's own; otherwise returns. */
  private static void exit(int code) {
    if (isOwnProcess()) {
      System.out.flush();
      System.exit(code);
    }
  }

  /** Whether this thread runs from a {@code main}; a JobManager calls a job from another thread. */
  private static boolean isOwnProcess() {
    StackTraceElement[] stack = Thread.currentThread().getStackTrace();
    return stack[stack.length - 1].getMethodName().equals("main");
  }
}
