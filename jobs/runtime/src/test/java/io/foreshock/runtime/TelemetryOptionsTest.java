package io.foreshock.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TelemetryOptionsTest {
  private static final List<Option<?>> ALL = new ArrayList<>(TelemetryOptions.ALL);

  static {
    ALL.add(TelemetryOptions.linkHealthPeriod(Duration.ZERO));
  }

  /** Added to a time, a longer one would be a time before it. */
  @Test
  void refusesDurationsThatOverflow() {
    List<String> durations =
        List.of(
            "telemetry.future-tolerance",
            "live.max-age",
            "reorder.max-wait",
            "reorder.boot-wait",
            "reorder.disorder-bound",
            "reorder.late-after",
            "deduplicate.id-ttl",
            "devices.forget-after",
            "link-health.period");
    String[] arguments =
        durations.stream().map(key -> "-D" + key + "=3651 d").toArray(String[]::new);
    StartRefused refused =
        catchThrowableOfType(
            StartRefused.class,
            () -> Settings.read(new Options(ALL), CommandLine.parse(arguments)));
    assertThat(refused).isNotNull();
    assertThat(refused.problems())
        .hasSameSizeAs(durations)
        .allMatch(problem -> problem.contains("and at most 3650 d, but is \"3651 d\""));
  }

  @Test
  void acceptsTheLongestDurations() {
    String[] arguments =
        Stream.of("live.max-age", "reorder.max-wait", "devices.forget-after")
            .map(key -> "-D" + key + "=3650 d")
            .toArray(String[]::new);
    Settings settings = Settings.read(new Options(ALL), CommandLine.parse(arguments));
    assertThat(settings.get(TelemetryOptions.LIVE_MAX_AGE)).isEqualTo(Duration.ofDays(3650));
  }
}
