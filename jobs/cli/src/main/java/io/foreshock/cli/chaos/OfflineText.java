package io.foreshock.cli.chaos;

import io.foreshock.chaos.OfflineResult;
import io.foreshock.chaos.OfflineSettings;

/** The end of the scenario of the offline device in words. */
record OfflineText(OfflineResult result) {

  @Override
  public String toString() {
    OfflineSettings settings = result.settings();
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%d devices live; %d devices came back after three days, with %d messages each, %.0f a second%n%n"
            .formatted(
                settings.liveDevices(),
                settings.rounds(),
                settings.backlogMessages(),
                settings.uploadRate()));
    result
        .latencies()
        .forEach(
            (output, latency) ->
                text.append(
                    "%-12s live latency: p50 %.0f ms without, %.0f ms with; p99 %.0f and %.0f ms, ratio %.2f%n"
                        .formatted(
                            output,
                            latency.p50Without(),
                            latency.p50With(),
                            latency.p99Without(),
                            latency.p99With(),
                            latency.p99Ratio())));
    text.append('\n').append(ChaosText.table(result.comparisons()));
    result
        .markedLive()
        .forEach(
            (output, count) ->
                text.append("%-12s old records taken for live: %d%n".formatted(output, count)));
    if (!result.isUnharmed()) {
      text.append("The p99 of live devices grew by more than a fifth.\n");
    }
    return text.toString();
  }
}
