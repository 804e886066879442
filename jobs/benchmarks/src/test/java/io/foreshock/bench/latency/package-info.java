/**
 * How long it takes from a device's message to the alert that a reader sees, through the real jobs
 * in real processes.
 */
package io.foreshock.bench.latency;
