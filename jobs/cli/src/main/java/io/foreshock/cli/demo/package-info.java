/** {@code foreshock demo}: a simulated fleet through a real broker and a real Flink cluster. */
package io.foreshock.cli.demo;
