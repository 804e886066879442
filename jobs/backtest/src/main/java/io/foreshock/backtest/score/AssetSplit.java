package io.foreshock.backtest.score;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Assets to tune on and assets held out; none is both.
 *
 * @param train in order; at least one
 * @param test in order; at least one
 */
public record AssetSplit(List<String> train, List<String> test) {

  /**
   * @throws IllegalArgumentException when an asset is in both, or a part is empty; to be shown
   */
  public AssetSplit {
    train = List.copyOf(train);
    test = List.copyOf(test);
    SortedSet<String> both = new TreeSet<>(train);
    both.retainAll(test);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "--train and --test both hold "
              + String.join(", ", both)
              + ". What is tuned on cannot be judged on: remove it from one of them.");
    }
    if (train.isEmpty() || test.isEmpty()) {
      throw new IllegalArgumentException("--train and --test need at least one asset each.");
    }
  }

  /**
   * The split as it is typed.
   *
   * @param train see {@link AssetList}
   * @param test see {@link AssetList}
   * @param known ids of the assets of the recording
   * @throws IllegalArgumentException when a part of a list fits no asset, or the lists overlap
   */
  public static AssetSplit parse(String train, String test, SortedSet<String> known) {
    return new AssetSplit(
        AssetList.parse("--train", train, known), AssetList.parse("--test", test, known));
  }
}
