package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.Signal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * Where the matches of one task go: detections to the collector of the current call; two ways
 * through a pattern that took the same signals are one detection. Near misses that are wanted are
 * collected, and open matches counted.
 */
final class MatchOutput implements MatchSink {
  private final MatchPatternsFunction.Tap tap;
  private final NearMissTrace trace;

  /** Id of the first detection of the call; those of others, which are rare. */
  private String firstId;

  private final Set<String> otherIds = new HashSet<>();
  private OpenCounts counts;
  private Collector<Detection> collector;
  private TimerService time;
  private AssetRef asset;
  private String key;

  /**
   * @param tap sees every match and time-out first; null for none
   */
  MatchOutput(MatchPatternsFunction.Tap tap, NearMissTrace trace) {
    this.tap = tap;
    this.trace = trace;
  }

  void countOpenIn(OpenCounts openCounts) {
    counts = openCounts;
  }

  /**
   * Begins a call.
   *
   * @param of the asset; null when only its key is known
   * @param assetKey the asset's key
   */
  void begin(AssetRef of, String assetKey, TimerService timers, Collector<Detection> out) {
    asset = of;
    key = assetKey;
    time = timers;
    collector = out;
  }

  /** Ends a signal: equal detections are one only within it. */
  void flush() {
    firstId = null;
    if (!otherIds.isEmpty()) {
      otherIds.clear();
    }
  }

  @Override
  public void matched(
      PatternRuntime pattern, Map<String, List<Signal>> match, long completedAtMillis) {
    if (tap != null) {
      tap.matched(pattern, match, completedAtMillis);
    }
    Detection detection = pattern.detections().detection(match, completedAtMillis);
    if (firstId == null) {
      firstId = detection.id();
    } else if (firstId.equals(detection.id()) || !otherIds.add(detection.id())) {
      return;
    }
    collector.collect(detection);
  }

  @Override
  public boolean wantsTimeOuts() {
    return tap != null || trace.isOn();
  }

  @Override
  public void timedOut(
      PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis) {
    if (tap != null) {
      tap.timedOut(pattern, match, deadlineMillis);
    }
    if (traces(pattern)) {
      ended(pattern, Reason.TIMED_OUT, match, "", null, deadlineMillis);
    }
  }

  @Override
  public boolean traces(PatternRuntime pattern) {
    return trace.isOn() && trace.admits(pattern, asset(), time.currentProcessingTime());
  }

  @Override
  public void ended(
      PatternRuntime pattern,
      Reason reason,
      Map<String, List<Signal>> match,
      String stage,
      Signal by,
      long atMillis) {
    trace.add(pattern.nearMisses().nearMiss(asset(), reason, match, stage, by, atMillis));
  }

  @Override
  public void open(long patternId, int version, int shape, int change) {
    counts.add(patternId, version, shape, key, change);
  }

  private AssetRef asset() {
    if (asset == null) {
      int slash = key.indexOf('/');
      asset = new AssetRef(key.substring(0, slash), key.substring(slash + 1), "");
    }
    return asset;
  }
}
