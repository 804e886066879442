package io.foreshock.cli.state;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.JobJar;
import io.foreshock.savepoint.Contract;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.ChildFirstClassLoader;

/** Classes and contracts of the jobs whose states are looked at. */
final class JobClasses {
  /** What a job's jar does not bring, because the cluster does. */
  private static final String[] OF_THE_CLUSTER = {
    "java.", "javax.", "org.apache.flink.", "org.slf4j", "org.apache.log4j", "org.apache.logging"
  };

  private final URLClassLoader all;

  private JobClasses(List<Path> jars) {
    all = new URLClassLoader(urls(jars), JobClasses.class.getClassLoader());
  }

  /** The jobs of this process and of the jars that the launcher has built. */
  static JobClasses with(List<Path> more) {
    List<Path> jars = new ArrayList<>(more);
    for (Path jar : more) {
      if (!Files.isRegularFile(jar)) {
        throw CliFailure.wrongInput("There is no jar " + jar + ". Check --jar.");
      }
    }
    jars.addAll(JobJar.all());
    return new JobClasses(jars);
  }

  ClassLoader loader() {
    return all;
  }

  /** Contracts of all jobs that are known, one each. */
  List<Contract> contracts() {
    try {
      Map<String, Contract> byJob = new LinkedHashMap<>();
      Contract.all(all).forEach(contract -> byJob.putIfAbsent(contract.job(), contract));
      return List.copyOf(byJob.values());
    } catch (IOException | IllegalArgumentException e) {
      throw CliFailure.failed("The state contracts of the jobs cannot be read: " + e, e);
    }
  }

  /**
   * A build of a job.
   *
   * @param contract what its savepoints hold
   * @param classes its own classes before those of this process
   */
  record Build(Contract contract, ClassLoader classes) {}

  /**
   * The build that is to restore.
   *
   * @param job name of a job, or path of its jar
   */
  Build build(String job) {
    boolean isPath = job.endsWith(".jar") || job.contains("/");
    if (!isPath && JobJar.find(job).isEmpty()) {
      return contracts().stream()
          .filter(contract -> contract.job().equals(job))
          .findFirst()
          .map(contract -> new Build(contract, all))
          .orElseThrow(() -> unknown(job));
    }
    Path jar = isPath ? Path.of(job) : JobJar.of(job);
    if (!Files.isRegularFile(jar)) {
      throw CliFailure.wrongInput("There is no jar " + jar + ". Check --job.");
    }
    try {
      return new Build(
          Contract.inJar(jar),
          new ChildFirstClassLoader(
              urls(List.of(jar)), JobClasses.class.getClassLoader(), OF_THE_CLUSTER, e -> {}));
    } catch (IOException | IllegalArgumentException e) {
      throw CliFailure.wrongInput(e.getMessage() + ".", e);
    }
  }

  private CliFailure unknown(String job) {
    return CliFailure.wrongInput(
        "There is no job \""
            + job
            + "\". Known are "
            + String.join(", ", contracts().stream().map(Contract::job).sorted().toList())
            + "; or name a jar.");
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw CliFailure.wrongInput("No path of a jar: " + jars.get(i), e);
      }
    }
    return urls;
  }
}
