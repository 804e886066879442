package io.foreshock.model;

/** Items in order of event time that know the first and the last without being looked at. */
public interface TimedItems {

  /** Event time of the first item. */
  long oldestEventTimeMillis();

  /** Event time of the last item. */
  long newestEventTimeMillis();
}
