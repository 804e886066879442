/**
 * {@code foreshock bench}: builds and starts the benchmarks. They run in a process of their own:
 * what they compare with (Esper, GPL) never comes onto the class path of the command line.
 */
package io.foreshock.cli.bench;
