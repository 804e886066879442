package io.foreshock.runtime.testing;

import io.foreshock.model.RawRecord;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A job as its golden savepoints run it: records in, lines of text out, no Kafka. */
public interface GoldenJob {

  /**
   * What a new golden savepoint is made of: records by name of the input and by partition, in the
   * order of their append times, in four partitions at least. Something must wait, be missing, and
   * be open after 60 %.
   */
  Map<String, List<List<RawRecord>>> inputs();

  /** Adds the job's pipeline. */
  void define(Inputs inputs, Outputs outputs);

  /**
   * What of the lines is promised whatever happens to the job, of lines in the order in which they
   * came for each key. A job whose results depend on when watermarks come keeps the last of each
   * key, for example.
   */
  default List<String> settled(List<String> lines) {
    return lines;
  }

  /**
   * Whether results depend on which of several inputs is read first. If so, the run that results
   * are compared with takes a savepoint at the same share too, so that what one input holds before
   * it comes before what another holds after it.
   */
  default boolean heedsOrderOfInputs() {
    return false;
  }

  /** States that hold nothing at the savepoint; see {@link StateContracts#leavingEmpty}. */
  default Set<String> leavesEmpty() {
    return Set.of();
  }

  /** The sources. */
  @FunctionalInterface
  interface Inputs {
    /** The records of an input; timestamps and watermarks are append times. */
    DataStream<RawRecord> read(String name);
  }

  /** The sinks. */
  interface Outputs {
    /**
     * Collects a stream.
     *
     * @param name name of the sink
     * @param line says all that is promised of an element; elements that may come in another order,
     *     or with another content, after a restore must not show it
     */
    default <T> void collect(String name, DataStream<T> stream, Line<T> line) {
      collect(name, stream, line, line);
    }

    /**
     * As above; of what comes after a savepoint, more is compared.
     *
     * @param line is kept with golden savepoints, so that it never changes
     * @param whole with the same key as the line, and {@link #settled} in the same way: everything
     *     that the job has made of the state before the savepoint and of what came after it
     */
    <T> void collect(String name, DataStream<T> stream, Line<T> line, Line<T> whole);
  }

  /** Makes a line of an element. */
  @FunctionalInterface
  interface Line<T> extends Function<T, String>, Serializable {}
}
