package io.foreshock.bench;

import java.util.List;

/**
 * What the stock operator gave.
 *
 * @param eventsPerSecond work done by the time it took
 * @param trafficPerPart signals of traffic that each part of the source has given in all
 * @param matches sorted
 */
record Measured(double eventsPerSecond, long trafficPerPart, List<String> matches) {}
