/** Telemetry as Parquet files, by tenant and day, each row once. */
package io.foreshock.lake;
