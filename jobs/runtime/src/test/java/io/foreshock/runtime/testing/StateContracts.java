package io.foreshock.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.savepoint.Contract;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotContents;
import io.foreshock.savepoint.SnapshotContents.OperatorFigures;
import io.foreshock.savepoint.StateFigures;
import io.foreshock.savepoint.StoredOperator;
import io.foreshock.savepoint.StoredState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * The state contract of a job, from its graph and from a savepoint of it, against the committed
 * file {@code state-contract} of its module; see {@link Contract}.
 *
 * <pre>{@code
 * StateContracts.of(IngestJob.NAME, IngestOptions.ALL, IngestJob::connect)
 *     .with("kafka.bootstrap-servers=broker:9092", "installation=test")
 *     .switches("assets.topic=foreshock.assets", "lake.path=/lake")
 *     .assertCommitted(savepoint);
 * }</pre>
 */
public final class StateContracts {
  /** A parallelism that no operator fixes. */
  private static final int OF_THE_DEPLOYMENT = 7;

  private final String job;
  private final Options options;
  private final Graph graph;
  private final List<String> base = new ArrayList<>();
  private final List<String> switches = new ArrayList<>();
  private final List<String> cuts = new ArrayList<>();
  private final Set<String> empty = new TreeSet<>();

  /** Adds the job to an environment, and asks nobody. */
  @FunctionalInterface
  public interface Graph {
    void connect(StreamExecutionEnvironment environment, Settings settings);
  }

  private StateContracts(String job, Options options, Graph graph) {
    this.job = job;
    this.options = options;
    this.graph = graph;
  }

  /** The contract of a job. */
  public static StateContracts of(String job, Options options, Graph graph) {
    return new StateContracts(job, options, graph);
  }

  /** Options that the job cannot do without, each {@code key=value}. */
  public StateContracts with(String... always) {
    base.addAll(List.of(always));
    return this;
  }

  /** Options each of which adds operators, each {@code key=value}. */
  public StateContracts switches(String... each) {
    switches.addAll(List.of(each));
    return this;
  }

  /** Options each of which takes operators away, each {@code key=value}. */
  public StateContracts cuts(String... each) {
    cuts.addAll(List.of(each));
    return this;
  }

  /**
   * States that the savepoint leaves empty, each {@code uid/state} or {@code uid/timers}; the
   * caller says why.
   */
  public StateContracts leavingEmpty(Collection<String> each) {
    empty.addAll(each);
    return this;
  }

  /**
   * Compares with the committed file, and asks for a line in CHANGELOG.md when it is not that of
   * the last release.
   *
   * @param savepoint canonical, with something in every state of ours but {@link #leavingEmpty}
   */
  public void assertCommitted(String savepoint, Path temporary) throws IOException {
    Contract contract = new Contract(job, JobEnvironment.MAX_PARALLELISM, operators(), List.of());
    FilledStates.demand(savepoint, empty, temporary);
    List<Contract.State> states = states(savepoint, contract, temporary);
    String text =
        new Contract(job, contract.maxParallelism(), contract.operators(), states).toText();
    assertThat(Contract.parse(text).toText()).isEqualTo(text);
    CommittedFile.assertIsCurrent(Path.of("state-contract"), text);
    StateChangelog.assertSpeaksOf(job, text);
  }

  private List<Contract.Operator> operators() {
    Map<String, StreamNode> always = nodes(List.of());
    Map<String, List<String>> conditions = new TreeMap<>();
    for (String each : switches) {
      nodes(List.of(each)).keySet().stream()
          .filter(uid -> !always.containsKey(uid))
          .forEach(
              uid -> conditions.computeIfAbsent(uid, u -> new ArrayList<>()).add(condition(each)));
    }
    Map<String, StreamNode> all = nodes(switches);
    Map<String, List<String>> without = new TreeMap<>();
    for (String each : cuts) {
      Set<String> left = nodes(List.of(each)).keySet();
      all.keySet().stream()
          .filter(uid -> always.containsKey(uid) && !left.contains(uid))
          .forEach(uid -> without.computeIfAbsent(uid, u -> new ArrayList<>()).add(each));
    }
    assertThat(all.keySet())
        .as("operators that only several of the switches together bring have no line")
        .allMatch(uid -> always.containsKey(uid) || conditions.containsKey(uid));
    return all.entrySet().stream()
        .map(
            entry ->
                operator(
                    entry.getKey(),
                    entry.getValue(),
                    conditions.getOrDefault(entry.getKey(), List.of()),
                    without.getOrDefault(entry.getKey(), List.of())))
        .toList();
  }

  /** What a person sets to have it: a flag with its value, everything else to anything. */
  private static String condition(String option) {
    String value = option.substring(option.indexOf('=') + 1);
    return value.equals("true") || value.equals("false")
        ? option
        : option.substring(0, option.indexOf('='));
  }

  private static Contract.Operator operator(
      String uid, StreamNode node, List<String> conditions, List<String> without) {
    int max = node.getMaxParallelism();
    return new Contract.Operator(
        uid,
        node.getOperatorName().equals(uid) ? "" : node.getOperatorName(),
        node.getParallelism() == OF_THE_DEPLOYMENT || node.getParallelism() < 0
            ? 0
            : node.getParallelism(),
        max == JobEnvironment.MAX_PARALLELISM || max < 0 ? 0 : max,
        conditions,
        without);
  }

  private Map<String, StreamNode> nodes(Collection<String> switchedOn) {
    List<String> arguments = new ArrayList<>();
    base.forEach(option -> arguments.add("-D" + option));
    switchedOn.forEach(option -> arguments.add("-D" + option));
    Settings settings = Settings.read(options, CommandLine.parse(arguments.toArray(String[]::new)));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    // Some sinks refuse to be without checkpoints.
    JobEnvironment.preferThroughput(environment);
    environment.setParallelism(OF_THE_DEPLOYMENT);
    graph.connect(environment, settings);
    Map<String, StreamNode> nodes = new LinkedHashMap<>();
    for (StreamNode node : environment.getStreamGraph().getStreamNodes()) {
      nodes.put(node.getTransformationUID(), node);
    }
    return nodes;
  }

  /** States of our operators. */
  private static List<Contract.State> states(String savepoint, Contract contract, Path temporary) {
    ClassLoader classes = StateContracts.class.getClassLoader();
    SnapshotContents contents = new SnapshotContents(classes, temporary);
    List<Contract.State> states = new ArrayList<>();
    for (StoredOperator operator : Snapshot.open(savepoint, classes).operators()) {
      if (contract.operator(operator.uid()).isPresent()
          && !Contract.Operator.isConnector(operator.uid())) {
        OperatorFigures figures = contents.count(operator);
        figures.states().forEach(state -> states.add(state(state)));
      }
    }
    return states;
  }

  private static Contract.State state(StateFigures figures) {
    StoredState state = figures.state();
    assertThat(figures.unreadable()).as(state.uid() + " " + state.name()).isEmpty();
    int met = figures.formats().isEmpty() ? 0 : figures.formats().last();
    return new Contract.State(
        state.uid(),
        state.kind(),
        state.name(),
        state.type(),
        state.keySerializer(),
        state.serializer(),
        Math.max(met, state.formatNow()));
  }
}
