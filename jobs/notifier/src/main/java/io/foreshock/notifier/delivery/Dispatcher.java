package io.foreshock.notifier.delivery;

import io.foreshock.notifier.channel.Channel;
import io.foreshock.notifier.channel.Outcome;
import io.foreshock.notifier.channel.Page;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings pages to one channel: tries, waits, tries again, and gives up to the dead letters.
 *
 * <p>Pages about one incident go one after the other; others beside each other, tenants in turn, so
 * that neither a page that fails nor a tenant with many holds up the rest. What the receiver asks
 * to wait ({@code Retry-After}) holds for all, up to the channel's longest quiet, and never costs a
 * page its second attempt.
 */
final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final ChannelSettings settings;
  private final Channel channel;
  private final DeadLetters deadLetters;
  private final NotifierMetrics metrics;
  private final Clock clock;
  private final Consumer<String> fatal;
  private final List<Thread> workers = new ArrayList<>();

  // Guarded by this.
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final TokenBucket bucket;
  private long quietUntilNanos = System.nanoTime();
  private int underway;
  private boolean closed;

  /**
   * @param fatal told in a sentence why the channel cannot go on
   */
  Dispatcher(
      ChannelSettings settings,
      Channel channel,
      DeadLetters deadLetters,
      NotifierMetrics metrics,
      Clock clock,
      Consumer<String> fatal) {
    this.settings = settings;
    this.channel = channel;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.clock = clock;
    this.fatal = fatal;
    this.bucket = new TokenBucket(settings.ratePerMinute(), settings.burst(), System.nanoTime());
    for (int i = 0; i < settings.concurrency(); i++) {
      Thread worker = new Thread(this::work, "deliver-" + settings.name() + "-" + i);
      worker.setDaemon(true);
      workers.add(worker);
    }
  }

  void start() {
    workers.forEach(Thread::start);
  }

  /** Whether the channel has words for such a page. */
  boolean says(Page page) {
    return channel.says(page);
  }

  /** Takes a page; its tracker hears when it is done. */
  synchronized void submit(Delivery delivery) {
    lanes
        .computeIfAbsent(delivery.tenant(), tenant -> new Lane())
        .add(new Lane.Attempt(delivery, System.nanoTime()));
    notify();
  }

  private void work() {
    try {
      while (true) {
        Lane.Attempt attempt = take();
        if (attempt == null) {
          return;
        }
        attempt(attempt);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("Channel {} fails", settings.name(), e);
      fatal.accept("Channel " + settings.name() + ": " + e);
    }
  }

  /** Waits for something to do; null at the end. */
  private synchronized Lane.Attempt take() throws InterruptedException {
    while (!closed) {
      long now = System.nanoTime();
      long blocked = Math.max(bucket.waitNanos(now), quietUntilNanos - now);
      if (blocked <= 0) {
        Lane.Attempt attempt = takeDue(now);
        if (attempt != null) {
          bucket.take();
          underway++;
          return attempt;
        }
      }
      waitNanos(blocked > 0 ? blocked : untilDueNanos(now));
    }
    return null;
  }

  private long untilDueNanos(long now) {
    long wait = Long.MAX_VALUE;
    for (Lane lane : lanes.values()) {
      wait = Math.min(wait, lane.waitNanos(now));
    }
    return wait;
  }

  private synchronized void waitNanos(long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE) {
      wait();
    } else {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }
  }

  /** Of the first tenant that has something due, which is the last one then. */
  private Lane.Attempt takeDue(long now) {
    for (Map.Entry<String, Lane> lane : lanes.entrySet()) {
      Lane.Attempt attempt = lane.getValue().takeDue(now);
      if (attempt != null) {
        String tenant = lane.getKey();
        Lane first = lanes.remove(tenant);
        lanes.put(tenant, first);
        return attempt;
      }
    }
    return null;
  }

  private void attempt(Lane.Attempt attempt) throws InterruptedException {
    Delivery delivery = attempt.delivery;
    if (delivery.isClosed()) {
      finish(attempt);
      return;
    }
    long began = System.nanoTime();
    if (attempt.failures == 0) {
      attempt.firstNanos = began;
    }
    Outcome outcome;
    try {
      outcome = channel.deliver(settings.marked(delivery.page(), clock.millis()));
    } catch (RuntimeException e) {
      // A bug must cost one page its way, not the channel its worker.
      LOG.error("Channel {} failed on page {}", settings.name(), delivery.page().id(), e);
      outcome = Outcome.tryAgain("internal error: " + e);
    }
    metrics.attempted(settings.name(), outcome, (System.nanoTime() - began) / 1e9);
    if (outcome instanceof Outcome.Delivered) {
      delivered(delivery.page());
      delivery.done();
      finish(attempt);
    } else if (outcome instanceof Outcome.Refused refused) {
      giveUp(attempt, refused.reason());
    } else if (outcome instanceof Outcome.TryAgain again) {
      tryAgain(attempt, again);
    }
  }

  private void delivered(Page page) {
    double age = (clock.millis() - page.createdMillis()) / 1e3;
    metrics.delivered(settings.name(), page.tenant(), age);
    LOG.debug("Delivered {} to {}", page.id(), settings.name());
  }

  private void tryAgain(Lane.Attempt attempt, Outcome.TryAgain again) {
    attempt.failures++;
    long now = System.nanoTime();
    Duration pause = settings.patience().delay(attempt.failures, ThreadLocalRandom.current());
    // A receiver may ask for years, more than nanoseconds can say.
    Duration quiet = min(again.notBefore(), settings.longestQuiet());
    Duration delay = max(pause, quiet);
    long passed = now - attempt.firstNanos;
    boolean tooLate = passed + pause.toNanos() > settings.patience().giveUpAfter().toNanos();
    LOG.warn(
        "Channel {} did not take page {} of {} (attempt {}): {}. {}",
        settings.name(),
        attempt.delivery.page().id(),
        attempt.delivery.page().tenant(),
        attempt.failures,
        again.reason(),
        tooLate ? "Given up." : "Next attempt in " + delay.toMillis() + " ms.");
    synchronized (this) {
      if (!quiet.isZero()) {
        long until = now + quiet.toNanos();
        quietUntilNanos = until - quietUntilNanos > 0 ? until : quietUntilNanos;
      }
      if (!tooLate) {
        attempt.dueNanos = now + delay.toNanos();
        lanes.get(attempt.delivery.tenant()).again(attempt);
        underway--;
        notifyAll();
        return;
      }
    }
    giveUp(attempt, again.reason() + " (" + attempt.failures + " attempts)");
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Done when the dead letter is in Kafka; later pages of the incident need not wait for that. */
  private void giveUp(Lane.Attempt attempt, String reason) {
    deadLetters.write(settings.name(), attempt.delivery, reason, attempt.failures);
    finish(attempt);
  }

  private synchronized void finish(Lane.Attempt attempt) {
    String tenant = attempt.delivery.tenant();
    Lane lane = lanes.get(tenant);
    lane.done(attempt);
    if (lane.isEmpty()) {
      lanes.remove(tenant);
    }
    underway--;
    notifyAll();
  }

  /** Takes nothing new and waits for what is under way; what only waits stays in Kafka. */
  void drain(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (this) {
      closed = true;
      notifyAll();
      while (underway > 0 && deadline - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    workers.forEach(Thread::interrupt);
    channel.close();
  }
}
