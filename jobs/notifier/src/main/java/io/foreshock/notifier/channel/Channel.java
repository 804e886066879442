package io.foreshock.notifier.channel;

/** A way to people. Thread-safe: several pages may be on their way at once. */
public interface Channel extends AutoCloseable {

  /**
   * Tries once, within the channel's time limit. A page that was delivered before is delivered
   * again in such a way that the receiver can tell.
   *
   * @throws InterruptedException when the notifier stops; the page counts as not delivered
   */
  Outcome deliver(Page page) throws InterruptedException;

  /** Whether this channel has words for such a page; others count as skipped. */
  default boolean says(Page page) {
    return true;
  }

  @Override
  default void close() {}
}
