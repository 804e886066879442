package io.foreshock.fleet;

import io.foreshock.model.AssetRef;

/**
 * Truth about one machine that begins to fail.
 *
 * @param asset machine concerned
 * @param kind how it fails; names component and failure mode
 * @param onsetMillis simulated time at which the fault begins
 * @param failureMillis simulated time at which the machine stops working
 * @param completes whether it fails before the simulation ends; a machine that does not may be
 *     reported but need not
 */
public record SeededFailure(
    AssetRef asset, FailureKind kind, long onsetMillis, long failureMillis, boolean completes) {}
