package io.foreshock.notifier.delivery;

import io.foreshock.notifier.channel.Page;
import java.time.Duration;

/**
 * How pages go to one channel.
 *
 * @param name the channel's name
 * @param ratePerMinute attempts per minute on average
 * @param burst attempts at once after quiet
 * @param concurrency attempts beside each other
 * @param patience how it tries again
 * @param longestQuiet longest wait that a receiver may ask for
 * @param staleAfter age from which a page is not fresh
 * @param staleMode what becomes of such pages
 * @param mostPending pages of one partition that may be under way or waiting
 * @param commitInterval how often it is written down what is done
 */
public record ChannelSettings(
    String name,
    int ratePerMinute,
    int burst,
    int concurrency,
    Patience patience,
    Duration longestQuiet,
    Duration staleAfter,
    StaleMode staleMode,
    int mostPending,
    Duration commitInterval) {

  /** What becomes of pages that are not fresh. Resolutions are always delivered each. */
  public enum StaleMode {
    /** Each is delivered, and says how late it is. */
    MARK,
    /** All that wait at once become one page for each tenant. */
    SUMMARISE
  }

  /** Whether the page is too old to go out as if it were fresh. */
  boolean isStale(Page page, long nowMillis) {
    return nowMillis - page.createdMillis() > staleAfter.toMillis();
  }

  /** The page as it goes out now. */
  Page marked(Page page, long nowMillis) {
    return isStale(page, nowMillis)
        ? page.late(Duration.ofMillis(nowMillis - page.createdMillis()))
        : page;
  }
}
