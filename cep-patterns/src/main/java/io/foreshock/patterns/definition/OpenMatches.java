package io.foreshock.patterns.definition;

import io.foreshock.patterns.CompiledPattern.Overflow;
import java.io.Serializable;

/**
 * How many matches of a pattern may be half finished on one asset.
 *
 * @param maximum from 1
 * @param overflow what happens to one more
 */
public record OpenMatches(int maximum, Overflow overflow) implements Serializable {
  public static final OpenMatches DEFAULT = new OpenMatches(16, Overflow.DROP_OLDEST);
}
