package io.foreshock.chaos;

import io.foreshock.savepoint.Contract;
import io.foreshock.savepoint.Finding;
import io.foreshock.savepoint.Finding.Level;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotContents;
import io.foreshock.savepoint.SnapshotException;
import io.foreshock.savepoint.SnapshotFiles;
import io.foreshock.savepoint.StateCheck;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code foreshock state check} says of the savepoints of a drill. */
final class DrillChecks {
  private static final String CHECKPOINT = "chk-";

  private final Path folder;
  private final Map<String, Path> jars;
  private final Map<String, Path> renamed = new LinkedHashMap<>();

  DrillChecks(Path folder, Map<String, Path> jars) {
    this.folder = folder;
    this.jars = jars;
  }

  /** Passes when the jobs' own builds restore everything. */
  String fits(Map<String, String> savepoints) throws IOException {
    long operators = 0;
    for (Map.Entry<String, String> savepoint : savepoints.entrySet()) {
      List<Finding> findings = check(savepoint.getValue(), jars.get(savepoint.getKey()));
      for (Finding finding : findings) {
        if (finding.level().compareTo(Level.NOTE) > 0) {
          throw new IOException(finding.toString());
        }
      }
      operators += findings.stream().filter(f -> f.level() == Level.FITS).count();
    }
    return operators + " operators map";
  }

  /** Passes when a build with a renamed uid is refused, by uid and reason. */
  String findsRenamed(Map<String, String> savepoints, String uid, String other) throws IOException {
    String reason = "";
    for (Map.Entry<String, String> savepoint : savepoints.entrySet()) {
      String job = savepoint.getKey();
      Path jar =
          ChangedJar.withUid(jars.get(job), uid, other, folder.resolve(job + "-renamed.jar"));
      renamed.put(job, jar);
      reason =
          check(savepoint.getValue(), jar).stream()
              .filter(finding -> finding.level() == Level.REFUSED)
              .filter(finding -> finding.uid().equals(uid))
              .findFirst()
              .orElseThrow(
                  () -> new IOException("A build of " + job + " without \"" + uid + "\" passed."))
              .toString();
    }
    return reason;
  }

  /** The build that {@link #findsRenamed} has made. */
  Path renamed(String job) {
    return renamed.get(job);
  }

  private List<Finding> check(String savepoint, Path jar) throws IOException {
    URL[] urls = {jar.toUri().toURL()};
    try (URLClassLoader classes = new URLClassLoader(urls, getClass().getClassLoader())) {
      return new StateCheck(Snapshot.open(savepoint, classes), Contract.inJar(jar), null, classes)
          .run(new SnapshotContents(classes, folder));
    }
  }

  /** The newest checkpoint of a folder that is whole; one may have been cut off in writing. */
  String newest(String checkpoints) throws IOException {
    try (Stream<Path> all = Files.list(Path.of(checkpoints))) {
      for (Path each :
          all.filter(path -> path.getFileName().toString().startsWith(CHECKPOINT))
              .sorted(Comparator.comparingLong(DrillChecks::number).reversed())
              .toList()) {
        try {
          Snapshot snapshot = Snapshot.open(each.toString(), getClass().getClassLoader());
          if (SnapshotFiles.of(snapshot).missing().isEmpty()) {
            return snapshot.location();
          }
        } catch (SnapshotException e) {
          // Not whole: the one before is.
          continue;
        }
      }
    }
    throw new IOException("There is no complete checkpoint in " + checkpoints + ".");
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
  }
}
