package io.foreshock.state;

import java.io.IOException;
import java.util.Map;

/**
 * Makes a state whose values are bytes readable for people. Found by {@link
 * java.util.ServiceLoader}, so that tools can read the states of jobs that they do not know.
 *
 * <p>A field whose name ends in {@code EventTimeMillis}, or is {@code eventTimeMillis}, counts as
 * event time of the asset.
 */
public interface ReadableState {

  /** Name of the state, as in its descriptor. */
  String stateName();

  /**
   * Fields of a value: texts, numbers, lists and maps of them, records; times in milliseconds since
   * 1970 under names that end in {@code Millis}.
   *
   * @throws IOException when the bytes are of a newer release, or no value of the state
   */
  Map<String, Object> read(byte[] value) throws IOException;
}
