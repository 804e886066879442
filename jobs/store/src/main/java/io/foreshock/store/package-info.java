/** Telemetry and detections as rows in PostgreSQL, each once. */
package io.foreshock.store;
