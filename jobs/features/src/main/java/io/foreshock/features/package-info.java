/** Job: clean telemetry to feature rows. */
package io.foreshock.features;
