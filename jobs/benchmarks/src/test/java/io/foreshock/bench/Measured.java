package io.foreshock.bench;

import java.util.List;

/**
 * What one run gave.
 *
 * @param eventsPerSecond between two goals
 * @param trafficPerPart signals of traffic that each part of the source has given in all
 * @param matches sorted; empty when they were only counted
 * @param matchCount matches in all
 * @param stateBytes size of a canonical savepoint at the end; 0 when none was taken
 */
record Measured(
    double eventsPerSecond,
    long trafficPerPart,
    List<String> matches,
    long matchCount,
    long stateBytes) {}
