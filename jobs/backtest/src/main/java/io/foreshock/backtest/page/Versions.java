package io.foreshock.backtest.page;

import java.util.List;

/**
 * Two versions of the patterns side by side.
 *
 * @param first name of the version that the rest of the report is about
 * @param second name of the other
 * @param same alarms that are the same in both
 * @param differences every alarm that is not, by time
 */
public record Versions(String first, String second, int same, List<Difference> differences) {

  /**
   * An alarm that is not the same in both.
   *
   * @param timeMillis when the earlier of both alarms came
   * @param inFirst what it was in the first version, e.g. true alarm
   * @param inSecond what it was in the second
   * @param why why they differ; may be empty
   */
  public record Difference(
      String machine,
      String component,
      long timeMillis,
      String inFirst,
      String inSecond,
      String why) {}
}
