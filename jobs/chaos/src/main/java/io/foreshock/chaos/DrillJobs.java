package io.foreshock.chaos;

import io.foreshock.chaos.Output.Found;
import io.foreshock.codec.DetectionCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The jobs of a drill, with the patterns before and after the upgrade. */
final class DrillJobs {
  private final Map<String, Path> jars;
  private final AtomicLong added = new AtomicLong();
  private final List<JobUnderTest> before;
  private final List<JobUnderTest> after;

  /**
   * @param jars the jar that people deploy, by name of the job
   */
  DrillJobs(Path folder, Map<String, Path> jars) throws IOException {
    this.jars = new LinkedHashMap<>(jars);
    before = withPatterns(folder, Patterns.writeFirst(folder));
    after = withPatterns(folder, Patterns.writeSecond(folder));
  }

  Map<String, Path> jars() {
    return jars;
  }

  List<JobUnderTest> before() {
    return before;
  }

  List<JobUnderTest> after() {
    return after;
  }

  List<Output> outputs() {
    return before.stream().flatMap(job -> job.outputs().stream()).toList();
  }

  private List<JobUnderTest> withPatterns(Path folder, Path patterns) {
    List<JobUnderTest> all =
        JobUnderTest.sharingTopics(
            jars.keySet().stream().map(job -> JobUnderTest.named(job, folder, List.of())).toList());
    return all.stream()
        .map(
            job ->
                job.name().equals("precursors")
                    ? job.and("patterns=" + patterns)
                        .judgedBy(job.outputs().stream().map(this::ofAnyVersion).toList())
                    : job)
        .toList();
  }

  /** Detections of the pattern in any version; those that only the second set makes are counted. */
  private Output ofAnyVersion(Output output) {
    if (!output.name().equals("detections")) {
      return output;
    }
    return new Output(
        output.name(),
        output.suffix(),
        output.expected(),
        record -> {
          if (DetectionCodec.decode(record.value()).pattern().equals(Patterns.ADDED)) {
            added.incrementAndGet();
            return null;
          }
          Found found = output.reader().read(record);
          return new Found(
              found.tenant(),
              found.device(),
              found.line().replaceFirst(" v2 ", " v1 "),
              found.eventTimeMillis());
        });
  }

  /** Passes when the pattern that only the second set has was detected. */
  String demandAddedPattern() throws IOException {
    if (added.get() == 0) {
      throw new IOException("No detection of the pattern " + Patterns.ADDED + " came.");
    }
    return added.get() + " detections of " + Patterns.ADDED;
  }
}
