/** Job: raw telemetry to clean telemetry, dead letters and backfill. */
package io.foreshock.ingest;
