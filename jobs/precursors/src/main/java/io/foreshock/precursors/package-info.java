/** Job: raw telemetry to detections of failure precursors. */
package io.foreshock.precursors;
