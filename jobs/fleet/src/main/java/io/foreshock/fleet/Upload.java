package io.foreshock.fleet;

import io.foreshock.model.TelemetryBatch;

/**
 * One message on its way to the broker.
 *
 * @param sendMillis simulated time at which it reaches the broker
 * @param batch what it says; {@code appendTimeMillis} is {@code sendMillis}
 * @param repeat true when the same message was sent before
 */
public record Upload(long sendMillis, TelemetryBatch batch, boolean repeat) {}
