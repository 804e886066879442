package io.foreshock.backtest.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Results in order, as often as wanted. They may be more than memory holds: go through them with
 * {@link #forEach} unless they are known to be few.
 *
 * @param <T> kind of result
 */
public interface Results<T> {

  /** Number of results. */
  long size();

  /** Each, in order. */
  void forEach(Consumer<? super T> each);

  /** All in memory: only for few. */
  default List<T> list() {
    List<T> list = new ArrayList<>(Math.toIntExact(size()));
    forEach(list::add);
    return list;
  }

  /** Results that are in memory anyhow. */
  static <T> Results<T> of(List<T> list) {
    List<T> results = List.copyOf(list);
    return new Results<>() {
      @Override
      public long size() {
        return results.size();
      }

      @Override
      public void forEach(Consumer<? super T> each) {
        results.forEach(each);
      }

      @Override
      public List<T> list() {
        return results;
      }
    };
  }
}
