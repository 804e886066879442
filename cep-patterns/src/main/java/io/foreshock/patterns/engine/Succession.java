package io.foreshock.patterns.engine;

import io.foreshock.model.NearMiss.Reason;
import io.foreshock.patterns.engine.AssetValue.Section;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Under which patterns the matches in an asset's value go on: patterns may have changed since it
 * was written. What no pattern takes up is given up and counted.
 */
final class Succession {

  /** Deadline of open matches that go on under another version, whose window may be another. */
  static final long ADOPTED = Long.MIN_VALUE;

  private static final Comparator<Section> BY_POSITION =
      Comparator.comparingInt(section -> section.pattern.position());

  private final PatternTable patterns;
  private final MatchSink sink;

  Succession(PatternTable patterns, MatchSink sink) {
    this.patterns = patterns;
    this.sink = sink;
  }

  /**
   * Gives each section its pattern.
   *
   * @param value as it was read
   * @param sections receives those that go on, in the order of evaluation
   * @return true when matches were given up
   */
  boolean resolve(AssetValue value, List<Section> sections) {
    boolean abandoned = false;
    boolean sorted = true;
    int last = -1;
    for (int i = 0; i < value.size(); i++) {
      Section section = value.get(i);
      section.pattern = patterns.resolve(section.patternId, section.version, section.shape);
      if (section.pattern == null) {
        abandon(section, value.clock);
        abandoned = true;
        continue;
      }
      if (section.version != section.pattern.version()) {
        section.deadline = ADOPTED;
      }
      sorted &= last < section.pattern.position();
      last = section.pattern.position();
      sections.add(section);
    }
    if (!sorted) {
      sections.sort(BY_POSITION);
      abandoned |= dropDuplicates(sections, value.clock);
    }
    return abandoned;
  }

  /**
   * After a change from drain to keep two versions may end up under one pattern: the newer wins.
   */
  private boolean dropDuplicates(List<Section> sections, long clock) {
    boolean dropped = false;
    for (int i = sections.size() - 1; i > 0; i--) {
      Section one = sections.get(i - 1);
      Section two = sections.get(i);
      if (one.pattern == two.pattern) {
        Section older = one.version < two.version ? one : two;
        abandon(older, clock);
        sections.remove(older);
        dropped = true;
      }
    }
    return dropped;
  }

  private void abandon(Section section, long clock) {
    PatternRuntime live = patterns.live(section.patternId);
    if (live != null) {
      live.metrics().abandoned.inc(section.open);
      if (sink.traces(live)) {
        sink.ended(live, Reason.PATTERN_CHANGED, Map.of(), "", null, clock);
      }
    }
  }
}
