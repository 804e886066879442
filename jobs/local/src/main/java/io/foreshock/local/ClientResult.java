package io.foreshock.local;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Flink's command line answered.
 *
 * @param exitCode exit code of its process
 * @param output everything it printed, both streams
 */
public record ClientResult(int exitCode, String output) {
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");

  /** Id of the job that was submitted; empty when none was. */
  public Optional<String> jobId() {
    Matcher matcher = SUBMITTED.matcher(output);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
