package io.foreshock.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.chaos.truth.Comparison;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a drill has shown.
 *
 * @param settings what it was like
 * @param steps what was done, in this order
 * @param sent records handed to the producer
 * @param comparisons each output against what had to come out, by the devices' scripts
 * @param uninterrupted each output against that of a run that nothing interrupted
 * @param unreadable records of the outputs that nobody can read
 * @param complete whether all outputs could be read to their end
 */
public record DrillResult(
    DrillSettings settings,
    List<DrillStep> steps,
    long sent,
    List<Comparison> comparisons,
    List<Comparison> uninterrupted,
    List<String> unreadable,
    boolean complete) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Every step went as it must, and every record came out once. */
  public boolean isRight() {
    return complete
        && unreadable.isEmpty()
        && !comparisons.isEmpty()
        && comparisons.size() == uninterrupted.size()
        && steps.stream().allMatch(DrillStep::ok)
        && comparisons.stream().allMatch(each -> each.isRight() && each.expected() > 0)
        && uninterrupted.stream().allMatch(Comparison::isRight);
  }

  private long sum(ToLongFunction<Comparison> figure) {
    return comparisons.stream().mapToLong(figure).sum()
        + uninterrupted.stream().mapToLong(figure).sum();
  }

  public ObjectNode toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("seed", settings.seed());
    settings.jobs().forEach(json.putArray("jobs")::add);
    ArrayNode all = json.putArray("steps");
    for (DrillStep step : steps) {
      ObjectNode one = all.addObject();
      one.put("name", step.name());
      one.put("ok", step.ok());
      one.put("seconds", rounded(step.seconds()));
      if (!Double.isNaN(step.silentSeconds())) {
        one.put("silentSeconds", rounded(step.silentSeconds()));
      }
      one.put("detail", step.detail());
    }
    json.put("sent", sent);
    json.put("expected", comparisons.stream().mapToLong(Comparison::expected).sum());
    json.put("lost", sum(Comparison::lost));
    json.put("duplicated", sum(Comparison::duplicated));
    json.put("reordered", sum(Comparison::reordered));
    json.put("unexpected", sum(Comparison::unexpected) + unreadable.size());
    json.put("readToTheEnd", complete);
    json.put("right", isRight());
    outputs(json.putObject("outputs"), comparisons);
    outputs(json.putObject("againstUninterruptedRun"), uninterrupted);
    return json;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 100) / 100.0;
  }

  private static void outputs(ObjectNode json, List<Comparison> comparisons) {
    for (Comparison comparison : comparisons) {
      ObjectNode one = json.putObject(comparison.output());
      one.put("expected", comparison.expected());
      one.put("found", comparison.found());
      one.put("lost", comparison.lost());
      one.put("duplicated", comparison.duplicated());
      one.put("reordered", comparison.reordered());
      one.put("unexpected", comparison.unexpected());
      comparison.examples().forEach(one.putArray("firstDifferences")::add);
    }
  }
}
