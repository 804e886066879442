package io.foreshock.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.chaos.truth.Comparison;
import java.util.List;
import java.util.Map;

/**
 * What the scenario of the offline device has shown.
 *
 * @param settings what the run was like
 * @param jobs names of the jobs
 * @param sent records handed to the producer
 * @param comparisons each output against the truth
 * @param latencies of live records, by output
 * @param markedLive records of the devices that were offline that were taken for live, by output
 * @param complete whether all outputs could be read to their end
 */
public record OfflineResult(
    OfflineSettings settings,
    List<String> jobs,
    long sent,
    List<Comparison> comparisons,
    Map<String, Latency> latencies,
    Map<String, Long> markedLive,
    boolean complete) {
  /** Live latency may grow by a fifth. */
  public static final double LARGEST_RATIO = 1.2;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Time in milliseconds from sending to reading of records of live devices, without and with an
   * upload beside them.
   */
  public record Latency(
      long recordsWithout,
      long recordsWith,
      double p50Without,
      double p50With,
      double p99Without,
      double p99With) {

    public double p99Ratio() {
      return p99With / p99Without;
    }
  }

  /** True when exactly what had to come out came out, and nothing old was taken for live. */
  public boolean isRight() {
    return complete
        && comparisons.stream().allMatch(Comparison::isRight)
        && markedLive.values().stream().allMatch(count -> count == 0);
  }

  /** True when live devices were as fast with an upload as without. */
  public boolean isUnharmed() {
    return latencies.values().stream().allMatch(latency -> latency.p99Ratio() <= LARGEST_RATIO);
  }

  public ObjectNode toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("jobs", String.join(", ", jobs));
    json.put("seed", settings.seed());
    json.put("liveDevices", settings.liveDevices());
    json.put("offlineDevices", settings.rounds());
    json.put("offlineDays", 3);
    json.put("messagesOfEach", settings.backlogMessages());
    json.put("uploadMessagesPerSecond", settings.uploadRate());
    json.put("sent", sent);
    long lost = 0;
    long duplicated = 0;
    long reordered = 0;
    long unexpected = 0;
    for (Comparison each : comparisons) {
      lost += each.lost();
      duplicated += each.duplicated();
      reordered += each.reordered();
      unexpected += each.unexpected();
    }
    json.put("lost", lost);
    json.put("duplicated", duplicated);
    json.put("reordered", reordered);
    json.put("unexpected", unexpected);
    ObjectNode live = json.putObject("offlineTakenForLive");
    markedLive.forEach(live::put);
    ObjectNode all = json.putObject("liveLatencyMillis");
    latencies.forEach(
        (output, latency) -> {
          ObjectNode one = all.putObject(output);
          one.put("recordsWithout", latency.recordsWithout());
          one.put("recordsWith", latency.recordsWith());
          one.put("p50Without", latency.p50Without());
          one.put("p50With", latency.p50With());
          one.put("p99Without", latency.p99Without());
          one.put("p99With", latency.p99With());
          one.put("p99Ratio", Math.round(latency.p99Ratio() * 1000) / 1000.0);
        });
    json.put("right", isRight());
    return json;
  }
}
