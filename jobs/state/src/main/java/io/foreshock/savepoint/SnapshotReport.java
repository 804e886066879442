package io.foreshock.savepoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.savepoint.SnapshotContents.OperatorFigures;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a snapshot holds, for people and for tools.
 *
 * @param snapshot what was looked at
 * @param job the job whose uids these are; empty when no known job has them
 * @param files files beside the metadata
 * @param operators figures of the operators; only name and state names where contents were not read
 */
public record SnapshotReport(
    Snapshot snapshot, String job, SnapshotFiles files, List<OperatorFigures> operators) {

  /** Looks at everything. */
  public static SnapshotReport of(
      Snapshot snapshot, List<Contract> contracts, SnapshotContents contents) {
    return new SnapshotReport(
        snapshot,
        job(snapshot, contracts),
        SnapshotFiles.of(snapshot),
        snapshot.operators().stream().map(operator -> figures(operator, contents)).toList());
  }

  /**
   * @param contents null to leave the contents unread
   */
  private static OperatorFigures figures(StoredOperator operator, SnapshotContents contents) {
    boolean changelog = operator.keyedHandles().stream().anyMatch(Handles::isChangelog);
    return contents == null || changelog
        ? new OperatorFigures(
            operator, -1, operator.states().stream().map(StateFigures::new).toList())
        : contents.count(operator);
  }

  /** The job that has most of the snapshot's uids. */
  private static String job(Snapshot snapshot, List<Contract> contracts) {
    String best = "";
    long most = 0;
    for (Contract contract : contracts) {
      long common =
          snapshot.operators().stream()
              .filter(
                  operator -> contract.operators().stream().anyMatch(o -> operator.isOf(o.uid())))
              .count();
      if (common > most) {
        most = common;
        best = contract.job();
      }
    }
    return best;
  }

  /** Event times of all operators. */
  public Readable.EventTimes times() {
    Readable.EventTimes all = new Readable.EventTimes();
    operators.forEach(operator -> all.add(operator.times()));
    return all;
  }

  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("location", snapshot.location());
    json.put("job", job);
    json.put("checkpointId", snapshot.checkpointId());
    json.put("bytes", snapshot.bytes());
    json.put("metadataBytes", snapshot.metadataBytes());
    json.put("files", files.files().size());
    json.put("fileBytes", files.bytes());
    ArrayNode missing = json.putArray("missing");
    files.missing().forEach(each -> missing.add(each.reason()));
    put(json, times());
    ArrayNode all = json.putArray("operators");
    operators.forEach(operator -> all.add(toJson(operator)));
    return json;
  }

  private static ObjectNode toJson(OperatorFigures figures) {
    StoredOperator operator = figures.operator();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("uid", operator.uid());
    json.put("name", operator.name());
    json.put("operatorId", operator.operatorId());
    json.put("parallelism", operator.parallelism());
    json.put("maxParallelism", operator.maxParallelism());
    json.put("bytes", operator.bytes());
    json.put("coordinatorBytes", operator.coordinatorBytes());
    json.put("keys", figures.keys());
    put(json, figures.times());
    ArrayNode states = json.putArray("states");
    for (StateFigures state : figures.states()) {
      ObjectNode one = states.addObject();
      one.put("name", state.state().name());
      one.put("kind", state.state().kind());
      one.put("type", state.state().type());
      one.put("serializer", state.state().serializer());
      one.put("keys", state.keys());
      one.put("entries", state.entries());
      one.put("bytes", state.bytes());
      state.formats().forEach(one.putArray("formats")::add);
      one.put("unreadable", state.unreadable());
      put(one, state.times());
    }
    return json;
  }

  private static void put(ObjectNode json, Readable.EventTimes times) {
    if (!times.isEmpty()) {
      json.put("oldestEventTime", Instant.ofEpochMilli(times.oldestMillis()).toString());
      json.put("newestEventTime", Instant.ofEpochMilli(times.newestMillis()).toString());
    }
  }

  /** Lines for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s%n  %s checkpoint %d, %s of state, metadata %s, %d files beside it (%s)",
        snapshot.location(),
        job.isEmpty() ? "of a job that is not known here," : "job " + job + ",",
        snapshot.checkpointId(),
        StateCheck.size(snapshot.bytes()),
        StateCheck.size(snapshot.metadataBytes()),
        files.files().size(),
        StateCheck.size(files.bytes()));
    line(text, "  event time %s", text(times()));
    files.missing().forEach(each -> line(text, "  MISSING: %s", each.reason()));
    for (OperatorFigures figures : operators) {
      StoredOperator operator = figures.operator();
      line(
          text,
          "%s  parallelism %d of %d, %s%s",
          operator.uid(),
          operator.parallelism(),
          operator.maxParallelism(),
          operator.hasState() ? StateCheck.size(operator.bytes()) : "no state",
          figures.keys() > 0 ? ", " + number(figures.keys()) + " keys" : "");
      figures.states().forEach(state -> line(text, "  %s", describe(state, figures.keys() >= 0)));
    }
    return text.toString();
  }

  private static String describe(StateFigures figures, boolean counted) {
    StoredState state = figures.state();
    StringBuilder text = new StringBuilder();
    text.append(state.isTimer() ? "timers" : state.kind().toLowerCase(Locale.ROOT));
    text.append(' ').append(state.name());
    if (counted) {
      if (!state.isTimer() && figures.keys() > 0) {
        text.append("  ").append(number(figures.keys())).append(" keys");
      }
      text.append("  ").append(number(figures.entries())).append(" entries");
      if (figures.bytes() > 0) {
        text.append("  ").append(StateCheck.size(figures.bytes()));
      }
      if (!figures.formats().isEmpty()) {
        text.append("  format ").append(list(figures));
      }
      if (!figures.times().isEmpty()) {
        text.append("  event time ").append(text(figures.times()));
      }
      if (!figures.unreadable().isEmpty()) {
        text.append("  UNREADABLE: ").append(figures.unreadable());
      }
    }
    return text.toString();
  }

  private static String list(StateFigures figures) {
    return String.join(", ", figures.formats().stream().map(String::valueOf).toList());
  }

  private static String text(Readable.EventTimes times) {
    return times.isEmpty()
        ? "unknown"
        : Instant.ofEpochMilli(times.oldestMillis())
            + " to "
            + Instant.ofEpochMilli(times.newestMillis());
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
