package io.foreshock.bench;

import java.util.List;

/**
 * What the stock operator gave.
 *
 * @param eventsPerSecond median of the times measured
 * @param trafficPerPart signals of traffic that each part of the source has given in all
 * @param matches sorted
 */
record Measured(double eventsPerSecond, long trafficPerPart, List<String> matches) {}
