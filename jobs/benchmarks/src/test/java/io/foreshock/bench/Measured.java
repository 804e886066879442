package io.foreshock.bench;

import java.util.List;

/**
 * What one run gave.
 *
 * @param eventsPerSecond median of the times measured
 * @param cpuMicrosPerEvent processor time of the whole process per signal, all threads; says what a
 *     signal costs on a machine that does other things as well
 * @param trafficPerPart signals of traffic that each part of the source has given in all
 * @param matches of the stock operator, sorted; those of others are only counted
 * @param stateBytes size of a canonical savepoint at the end; 0 when none was taken
 */
record Measured(
    double eventsPerSecond,
    double cpuMicrosPerEvent,
    long trafficPerPart,
    List<String> matches,
    long stateBytes) {}
