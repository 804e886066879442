package io.foreshock.patterns.engine;

import io.foreshock.model.PatternTrace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which near misses are told. All are counted, told or not.
 *
 * @param possible whether anything takes them; otherwise none is ever told
 * @param traces what is asked for from the start
 * @param maxPerMinute near misses that one task tells of one pattern in a minute of processing
 *     time; the rest is withheld, and counted
 */
public record NearMissRules(boolean possible, List<PatternTrace> traces, int maxPerMinute)
    implements Serializable {

  /** Nobody wants to know. */
  public static final NearMissRules NONE = new NearMissRules(false, List.of(), 60);

  public NearMissRules {
    traces = new ArrayList<>(traces);
    if (maxPerMinute < 1) {
      throw new IllegalArgumentException(
          "maxPerMinute must be at least 1, but is " + maxPerMinute + '.');
    }
  }
}
