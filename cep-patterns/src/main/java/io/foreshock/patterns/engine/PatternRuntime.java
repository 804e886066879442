package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.Relevance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.configuration.Configuration;

/** One version of one pattern, compiled; holds nothing about any asset. */
final class PatternRuntime {

  private final CompiledPattern compiled;
  private final String identity;
  private final String label;
  private final int position;
  private final boolean retired;
  private final long id;
  private final NFA<Signal> nfa;
  private final SkipRule skip;
  private final StateGraph graph;
  private final Decisions decisions;
  private final Windows windows;
  private final boolean timeMatters;
  private final SignalKind idleKind;
  private final DetectionFactory detections;
  private final NearMissFactory nearMisses;
  private PatternMetrics metrics = new PatternMetrics();

  /**
   * @param position place in the order of evaluation
   */
  PatternRuntime(EnginePattern pattern, int position) throws Exception {
    this.compiled = pattern.compiled();
    this.identity = pattern.identity();
    this.label = pattern.label();
    this.position = position;
    this.retired = pattern.retired();
    id = id(identity);
    nfa = compile(compiled);
    graph = new StateGraph(nfa);
    decisions = new Decisions(graph);
    skip = new SkipRule(compiled.pattern().getAfterMatchSkipStrategy(), graph);
    windows = new Windows(compiled.pattern(), nfa, graph);
    timeMatters = graph.hasPending() || PatternShape.mayHoldBack(compiled.pattern());
    idleKind = graph.hasPending() ? idleKind(compiled.relevance()) : null;
    detections = new DetectionFactory(compiled);
    nearMisses = new NearMissFactory(this);
  }

  private static NFA<Signal> compile(CompiledPattern pattern) {
    try {
      return NFACompiler.compileFactory(pattern.pattern(), true).createNFA();
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(
          "flink-cep's compiler does not come to an end on the pattern "
              + pattern.name()
              + ". Take the notFollowedBy out of the repeated group, or make the stage after it"
              + " required.",
          e);
    }
  }

  private static SignalKind idleKind(Relevance relevance) {
    if (!relevance.everySignal()) {
      for (SignalKind kind : SignalKind.values()) {
        if (!relevance.wholeKinds().contains(kind)
            && !relevance.names().getOrDefault(kind, Set.of()).contains("")) {
          return kind;
        }
      }
    }
    return null;
  }

  /**
   * A signal that no condition of the pattern accepts; null when every signal matters to it.
   * Skipping such signals must not matter, so giving one must not either: see {@link
   * StateGraph#leansToPending}.
   */
  Signal idle(AssetRef asset, long time) {
    return idleKind == null
        ? null
        : new Signal(
            asset, idleKind, "", "", "", "", time, Double.NaN, Double.NaN, Double.NaN, false);
  }

  /** Name in state: 8 bytes of SHA-256. */
  static long id(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      long id = 0;
      for (int i = 0; i < 8; i++) {
        id = id << 8 | hash[i] & 0xFF;
      }
      return id;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  /** Opens the conditions. */
  void open(RuntimeContext context) throws Exception {
    nfa.open(context, new Configuration());
  }

  void close() throws Exception {
    nfa.close();
  }

  CompiledPattern compiled() {
    return compiled;
  }

  String name() {
    return compiled.name();
  }

  /** What open matches belong to; see {@link EnginePattern}. */
  String identity() {
    return identity;
  }

  /** Name in metrics. */
  String label() {
    return label;
  }

  int version() {
    return compiled.version();
  }

  long id() {
    return id;
  }

  int position() {
    return position;
  }

  boolean retired() {
    return retired;
  }

  Relevance relevance() {
    return compiled.relevance();
  }

  boolean covers(AssetRef asset) {
    return compiled.scope().covers(asset);
  }

  /**
   * True when an open match may be completed by time alone: by an absence that stands last, or
   * because an earlier match that holds it back runs out of time.
   */
  boolean timeMatters() {
    return timeMatters;
  }

  SkipRule skip() {
    return skip;
  }

  StateGraph graph() {
    return graph;
  }

  Decisions decisions() {
    return decisions;
  }

  Windows windows() {
    return windows;
  }

  DetectionFactory detections() {
    return detections;
  }

  NearMissFactory nearMisses() {
    return nearMisses;
  }

  PatternMetrics metrics() {
    return metrics;
  }

  /** Goes on counting where the same version was before the set of patterns changed. */
  void countIn(PatternMetrics counters) {
    metrics = counters;
  }

  @Override
  public String toString() {
    return name() + " version " + version();
  }
}
