package io.foreshock.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.chaos.truth.Comparison;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What one run has shown.
 *
 * @param job name of the job
 * @param settings what the run was like
 * @param faults what was done, in this order
 * @param leftOut faults that were due when no TaskManager was in use, and were not done
 * @param sent records handed to the producer, repeats and unreadable ones included
 * @param notStored records that the broker acknowledged and does not have
 * @param comparisons each output against the truth
 * @param unreadable records of the outputs that nobody can read, or that are another tenant's
 * @param endedByThemselves processes that ended though nobody had killed them, and were replaced
 * @param drained whether all outputs could be read to their end
 */
public record ChaosResult(
    String job,
    ChaosSettings settings,
    List<FaultRecord> faults,
    int leftOut,
    long sent,
    long notStored,
    List<Comparison> comparisons,
    List<String> unreadable,
    int endedByThemselves,
    boolean drained) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Processes killed. */
  public long kills() {
    return faults.stream().filter(fault -> fault.kind().isKill()).count();
  }

  /** Faults after which no record that was sent later ever came. */
  public long neverRecovered() {
    return faults.stream().filter(fault -> Double.isNaN(fault.recoverySeconds())).count();
  }

  /** Whether the run shows anything: every output had something to say, and something was done. */
  public boolean hasHappened() {
    return !comparisons.isEmpty()
        && comparisons.stream().allMatch(comparison -> comparison.expected() > 0)
        && (!faults.isEmpty() || settings.atMost() == 0);
  }

  /**
   * True when exactly what had to come out came out, in a run that did something and recovered from
   * all of it.
   *
   * <p>Processes that ended by themselves are allowed: a JobManager that comes back from {@code
   * SIGSTOP} without its leadership, or any process without room for its checkpoints, may end on
   * purpose and be started again. Their number is told.
   */
  public boolean isRight() {
    return drained
        && hasHappened()
        && neverRecovered() == 0
        && notStored == 0
        && unreadable.isEmpty()
        && comparisons.stream().allMatch(Comparison::isRight);
  }

  /**
   * Seconds from a kill to the first committed record that was sent after it, ascending; of kills
   * after which the job could recover before the next fault.
   */
  public List<Double> recoverySeconds() {
    return recoverySeconds(true);
  }

  /**
   * Seconds from a kill to the next committed record, whenever that was sent, ascending; of all
   * kills.
   */
  public List<Double> nextRecordSeconds() {
    return faults.stream()
        .filter(fault -> fault.kind().isKill())
        .map(FaultRecord::nextRecordSeconds)
        .filter(seconds -> !seconds.isNaN())
        .sorted()
        .toList();
  }

  private List<Double> recoverySeconds(boolean alone) {
    return ascending(
        faults.stream().filter(fault -> fault.kind().isKill() && fault.alone() == alone).toList());
  }

  private static List<Double> ascending(List<FaultRecord> faults) {
    return faults.stream()
        .map(FaultRecord::recoverySeconds)
        .filter(seconds -> !seconds.isNaN())
        .sorted()
        .toList();
  }

  public ObjectNode toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("job", job);
    json.put("seed", settings.seed());
    json.put("minutes", settings.time().toMillis() / 60_000.0);
    json.put("kills", kills());
    json.put("faults", faults.size());
    json.put("faultsLeftOut", leftOut);
    json.put("sent", sent);
    json.put("expected", sum(Comparison::expected));
    json.put("lost", sum(Comparison::lost) + notStored);
    json.put("duplicated", sum(Comparison::duplicated));
    json.put("reordered", sum(Comparison::reordered));
    json.put("unexpected", sum(Comparison::unexpected) + unreadable.size());
    put(json, "recoverySecondsP50", quantile(recoverySeconds(), 0.5));
    put(json, "recoverySecondsP95", quantile(recoverySeconds(), 0.95));
    put(json, "recoverySecondsMax", quantile(recoverySeconds(), 1));
    put(json, "overlappingRecoverySecondsMax", quantile(recoverySeconds(false), 1));
    put(json, "nextRecordSecondsP50", quantile(nextRecordSeconds(), 0.5));
    put(json, "nextRecordSecondsP95", quantile(nextRecordSeconds(), 0.95));
    put(json, "nextRecordSecondsMax", quantile(nextRecordSeconds(), 1));
    json.put("neverRecovered", neverRecovered());
    json.put("processesEndedByThemselves", endedByThemselves);
    json.put("readToTheEnd", drained);
    json.put("right", isRight());
    outputs(json);
    recoveries(json);
    return json;
  }

  private void outputs(ObjectNode json) {
    ObjectNode all = json.putObject("outputs");
    for (Comparison comparison : comparisons) {
      ObjectNode one = all.putObject(comparison.output());
      one.put("expected", comparison.expected());
      one.put("found", comparison.found());
      one.put("lost", comparison.lost());
      one.put("duplicated", comparison.duplicated());
      one.put("reordered", comparison.reordered());
      one.put("unexpected", comparison.unexpected());
      ArrayNode examples = one.putArray("firstDifferences");
      comparison.examples().forEach(examples::add);
    }
  }

  private void recoveries(ObjectNode json) {
    ObjectNode kinds = json.putObject("byFault");
    TreeMap<FaultKind, List<FaultRecord>> byKind = new TreeMap<>();
    for (FaultRecord fault : faults) {
      byKind.computeIfAbsent(fault.kind(), kind -> new java.util.ArrayList<>()).add(fault);
    }
    byKind.forEach(
        (kind, some) -> {
          ObjectNode one = kinds.putObject(kind.toString());
          one.put("times", some.size());
          put(one, "recoverySecondsP50", quantile(ascending(some), 0.5));
          put(one, "recoverySecondsMax", quantile(ascending(some), 1));
        });
    ArrayNode list = json.putArray("faultList");
    for (FaultRecord fault : faults) {
      ObjectNode one = list.addObject();
      one.put("atSeconds", fault.atSeconds());
      one.put("kind", fault.kind().toString());
      one.put("victim", fault.victim());
      one.put("heldSeconds", fault.heldSeconds());
      one.put("alone", fault.alone());
      put(one, "nextRecordSeconds", fault.nextRecordSeconds());
      put(one, "recoverySeconds", fault.recoverySeconds());
    }
  }

  private long sum(ToLongFunction<Comparison> figure) {
    return comparisons.stream().mapToLong(figure).sum();
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isNaN(value)) {
      json.putNull(name);
    } else {
      json.put(name, Math.round(value * 1000) / 1000.0);
    }
  }

  /** Linear between the two neighbouring values; NaN when there is none. */
  public static double quantile(List<Double> ascending, double q) {
    if (ascending.isEmpty()) {
      return Double.NaN;
    }
    double position = q * (ascending.size() - 1);
    int below = (int) position;
    int above = Math.min(below + 1, ascending.size() - 1);
    return ascending.get(below)
        + (position - below) * (ascending.get(above) - ascending.get(below));
  }
}
