package io.foreshock.patterns.live;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternRecord;
import io.foreshock.operators.detect.DetectorPlan;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.condition.ConditionCompiler;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.engine.EnginePattern;
import io.foreshock.patterns.language.PatternCompiler;
import io.foreshock.patterns.language.YamlPatternSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/** The patterns of one task, ready to be detected and matched. */
final class LivePatterns {
  private final DocumentReader reader;
  private final PatternRegistry registry;
  private boolean stale = true;

  /** Watermark at which the first retired version can be forgotten. */
  private long forgetAt = Long.MAX_VALUE;

  LivePatterns(FunctionInitializationContext context, LiveRules rules) throws Exception {
    this(context.getOperatorStateStore().getBroadcastState(PatternRegistry.STATE), rules);
  }

  LivePatterns(BroadcastState<String, LivePattern> state, LiveRules rules) throws Exception {
    reader = new DocumentReader(rules);
    registry = new PatternRegistry(state, rules, reader);
    registry.begin();
    forgetAt = registry.nextForgetting();
  }

  /**
   * Takes an accepted change.
   *
   * @param ingestMillis watermark of the task
   */
  void apply(PatternRecord change, long ingestMillis) throws Exception {
    PatternDocument document = change.removes() ? null : PatternCodec.decode(change.value());
    long ingest = ingestMillis == Long.MAX_VALUE ? LivePattern.UNKNOWN : ingestMillis;
    stale |= registry.apply(change.key(), document, change.appendTimeMillis(), ingest);
    forgetAt = registry.nextForgetting();
  }

  /**
   * True once after each change: many changes at once are worked in together.
   *
   * @param watermark of the task; versions whose last open match has ended by then are forgotten
   */
  boolean takeStale(long watermark) throws Exception {
    if (watermark > forgetAt && watermark != Long.MAX_VALUE) {
      stale |= registry.forgetOld(watermark);
      forgetAt = registry.nextForgetting();
    }
    boolean taken = stale;
    stale = false;
    return taken;
  }

  /**
   * What to look for. Paused patterns keep their detectors, so that baselines go on learning;
   * retired ones keep theirs for what is open.
   */
  DetectorPlan detectors() throws Exception {
    List<PatternDefinition> definitions = new ArrayList<>();
    List<LivePattern> all = registry.running();
    all.addAll(registry.retired());
    for (LivePattern pattern : all) {
      PatternDefinition definition = reader.read(pattern.document()).definition();
      if (definition != null) {
        definitions.add(definition);
      }
    }
    reader.keepOnly(all.stream().map(LivePattern::document).toList());
    return YamlPatternSet.detectorsOf(definitions);
  }

  /** What to match. */
  List<EnginePattern> patterns() throws Exception {
    PatternCompiler compiler = new PatternCompiler(new ConditionCompiler());
    List<EnginePattern> patterns = new ArrayList<>();
    Set<String> running = new HashSet<>();
    List<LivePattern> all = registry.running();
    for (LivePattern pattern : all) {
      if (!pattern.document().paused() && add(pattern, false, compiler, patterns)) {
        running.add(pattern.identity());
      }
    }
    for (LivePattern pattern : registry.retired()) {
      if (running.contains(pattern.identity())) {
        add(pattern, true, compiler, patterns);
      }
      all.add(pattern);
    }
    reader.keepOnly(all.stream().map(LivePattern::document).toList());
    return patterns;
  }

  private boolean add(
      LivePattern pattern, boolean retired, PatternCompiler compiler, List<EnginePattern> to) {
    PatternDefinition definition = reader.read(pattern.document()).definition();
    if (definition == null) {
      return false;
    }
    CompiledPattern compiled = compiler.compile(definition);
    to.add(new EnginePattern(compiled, pattern.identity(), pattern.label(), retired));
    return true;
  }
}
