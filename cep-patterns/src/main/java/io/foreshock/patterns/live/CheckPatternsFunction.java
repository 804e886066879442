package io.foreshock.patterns.live;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternStatus.State;
import io.foreshock.model.PatternTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets through the documents that can run, and answers each with its status on {@link #STATUS}. At
 * parallelism 1. What cannot run is refused with all reasons, and what ran before goes on; nothing
 * that a topic holds fails the job.
 *
 * <p>State: broadcast state {@code patterns}, what is published and what runs, and {@code traces},
 * of which patterns near misses are wanted. Metrics: {@code patternsAccepted}, {@code
 * patternsRefused}.
 */
public final class CheckPatternsFunction extends ProcessFunction<PatternRecord, PatternRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Answers: {@link PatternStatus}, encoded, under the key of the document. */
  public static final OutputTag<PatternRecord> STATUS =
      new OutputTag<>("pattern-status", TypeInformation.of(PatternRecord.class));

  private static final String SLUG = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
  private static final Pattern KEY =
      Pattern.compile("(" + PatternDocument.EVERY_TENANT + '|' + SLUG + ")/" + SLUG);
  private static final int LONGEST_YAML = 65_536;

  private final LiveRules rules;

  private transient DocumentReader reader;
  private transient PatternRegistry registry;
  private transient TraceRegistry traces;
  private transient Counter accepted;
  private transient Counter refused;

  public CheckPatternsFunction(LiveRules rules) {
    this.rules = rules;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    reader = new DocumentReader(rules);
    registry =
        new PatternRegistry(
            context.getOperatorStateStore().getBroadcastState(PatternRegistry.STATE),
            rules,
            reader);
    registry.begin();
    traces = new TraceRegistry(context);
    accepted = getRuntimeContext().getMetricGroup().counter("patternsAccepted");
    refused = getRuntimeContext().getMetricGroup().counter("patternsRefused");
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // The state is kept up to date.
  }

  @Override
  public void processElement(PatternRecord record, Context context, Collector<PatternRecord> out)
      throws Exception {
    PatternStatus status =
        record.key().startsWith(PatternTrace.KEY_PREFIX)
            ? trace(record)
            : record.removes() ? remove(record) : check(record);
    if (status.state() == State.REFUSED) {
      refused.inc();
    } else {
      accepted.inc();
      out.collect(record);
    }
    context.output(
        STATUS,
        new PatternRecord(record.key(), PatternCodec.encode(status), record.appendTimeMillis()));
  }

  private PatternStatus remove(PatternRecord record) throws Exception {
    registry.apply(record.key(), null, record.appendTimeMillis(), LivePattern.UNKNOWN);
    PatternDocument file = registry.file(record.key());
    return status(
        record.key(),
        State.REMOVED,
        0,
        0,
        file == null
            ? List.of()
            : List.of("Version " + file.version() + " from the job's files runs instead."));
  }

  /** A request for near misses, or the end of one. */
  private PatternStatus trace(PatternRecord record) throws Exception {
    String key = record.key();
    if (record.removes()) {
      traces.apply(record);
      return status(key, State.REMOVED, 0, 0, List.of());
    }
    PatternTrace trace;
    try {
      trace = PatternCodec.decodeTrace(record.value());
    } catch (InvalidProtocolBufferException e) {
      return status(
          key,
          State.REFUSED,
          0,
          0,
          List.of(
              "The record is no PatternTrace ("
                  + e.getMessage()
                  + "). Ask with foreshock patterns trace."));
    }
    List<String> reasons = new ArrayList<>();
    if (!rules.nearMisses().possible()) {
      reasons.add(
          "This job writes no near misses. Create the topics <tenant>.near-misses and start it with near-misses.write=true.");
    }
    if (!key.equals(trace.key())
        || !KEY.matcher(key.substring(PatternTrace.KEY_PREFIX.length())).matches()) {
      reasons.add(
          "The record's key is \"%s\", but must be %s<tenant>/<name>, or %s%s/<name> for every tenant, and fit what is asked for."
              .formatted(
                  key,
                  PatternTrace.KEY_PREFIX,
                  PatternTrace.KEY_PREFIX,
                  PatternDocument.EVERY_TENANT));
    }
    State state = State.REFUSED;
    if (reasons.isEmpty()) {
      traces.apply(record);
      state = State.ACCEPTED;
      if (registry.running().stream().noneMatch(p -> p.document().name().equals(trace.name()))) {
        reasons.add("No pattern of this name runs yet.");
      }
    }
    return status(key, state, 0, trace.publishedAtMillis(), reasons);
  }

  private PatternStatus check(PatternRecord record) throws Exception {
    PatternDocument document;
    try {
      document = PatternCodec.decode(record.value());
    } catch (InvalidProtocolBufferException e) {
      return status(
          record.key(),
          State.REFUSED,
          0,
          0,
          List.of(
              "The record is no PatternDocument ("
                  + e.getMessage()
                  + "). Publish it with foreshock patterns publish."));
    }
    List<String> reasons = problems(record.key(), document);
    State state = State.REFUSED;
    if (reasons.isEmpty()) {
      registry.apply(record.key(), document, record.appendTimeMillis(), LivePattern.UNKNOWN);
      PatternDocument file = registry.file(record.key());
      state = document.paused() ? State.PAUSED : State.ACCEPTED;
      if (file != null && file.version() > document.version()) {
        state = State.ACCEPTED;
        reasons.add(
            "It does not run: version %d from the job's files is higher. Publish version %d."
                .formatted(file.version(), file.version() + 1));
      }
    }
    return status(record.key(), state, document.version(), document.publishedAtMillis(), reasons);
  }

  private List<String> problems(String key, PatternDocument document) throws Exception {
    List<String> reasons = new ArrayList<>();
    if (!KEY.matcher(key).matches()) {
      reasons.add(
          "The record's key is \"%s\", but must be <tenant>/<name>, or %s/<name> for every tenant."
              .formatted(key, PatternDocument.EVERY_TENANT));
    } else if (!key.equals(document.key())) {
      reasons.add(
          "The record's key is \"%s\", but its document belongs under \"%s\". Publish it again."
              .formatted(key, document.key()));
    }
    if (document.yaml().length() > LONGEST_YAML) {
      reasons.add(
          "The document has %d characters, but may have %d at most. Shorten it."
              .formatted(document.yaml().length(), LONGEST_YAML));
      return reasons;
    }
    reasons.addAll(reader.read(document).problems());
    PatternDocument before = registry.published(key);
    if (before != null && document.version() < before.version()) {
      reasons.add(
          "Version %d is older than version %d, which was published before. Use version %d."
              .formatted(document.version(), before.version(), before.version() + 1));
    } else if (before != null
        && document.version() == before.version()
        && !document.yaml().equals(before.yaml())) {
      reasons.add(
          "Version %d was published before with other content. Use version %d for the changed pattern."
              .formatted(document.version(), document.version() + 1));
    }
    return reasons;
  }

  private static PatternStatus status(
      String key, State state, int version, long publishedAtMillis, List<String> reasons) {
    String scoped =
        key.startsWith(PatternTrace.KEY_PREFIX)
            ? key.substring(PatternTrace.KEY_PREFIX.length())
            : key;
    int slash = scoped.indexOf('/');
    String scope = slash < 0 ? "" : scoped.substring(0, slash);
    return new PatternStatus(
        scope.equals(PatternDocument.EVERY_TENANT) ? "" : scope,
        scoped.substring(slash + 1),
        state,
        version,
        publishedAtMillis,
        reasons);
  }
}
