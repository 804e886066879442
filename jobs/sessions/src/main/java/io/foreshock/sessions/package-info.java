/** Job: clean telemetry to sessions of machines and trips of vehicles. */
package io.foreshock.sessions;
