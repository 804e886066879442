/** Recorded and simulated telemetry as histories that features are computed of. */
package io.foreshock.cli.features.history;
