/**
 * A simulated fleet whose failures are known.
 *
 * <p>Everything is a function of {@link io.foreshock.fleet.FleetConfig}: the same configuration
 * gives the same messages, byte for byte, and the same truth. The fleet runs on simulated time and
 * knows no broker; it hands out {@link io.foreshock.fleet.Upload uploads} in the order in which
 * they would reach one.
 */
package io.foreshock.fleet;
