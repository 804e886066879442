package io.foreshock.cli.demo;

import io.foreshock.cli.CliFailure;
import io.foreshock.fleet.FleetSimulation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One demo from the first message to the summary; the installation already runs. */
final class Demo {
  private static final long REFRESH_MILLIS = 500;
  private static final int NEWEST = 10;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
  private static final Duration COMPANIONS_LIMIT = Duration.ofSeconds(60);
  private static final long JOIN_MILLIS = 5_000;
  private static final long PRODUCTS_JOIN_MILLIS = 10_000;

  private final DemoSettings settings;
  private final DemoInstallation installation;
  private final DemoView view;
  private final FleetSimulation fleet;
  private final SendLog log = new SendLog();
  private final FleetFeed feed;
  private final DetectionTail tail;

  /** Null when {@code precursors} runs alone. */
  private final ProductBoard board;

  private final ProductTail products;
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private DemoInstallation.JobFigures figures = new DemoInstallation.JobFigures(0, 0);
  private int told;

  /**
   * @param board for what the companions write; null when there are none
   */
  Demo(DemoSettings settings, DemoInstallation installation, DemoView view, ProductBoard board) {
    this.settings = settings;
    this.installation = installation;
    this.view = view;
    fleet = new FleetSimulation(settings.fleet());
    feed = new FleetFeed(installation.bootstrapServers(), fleet, settings.speed(), log);
    tail = new DetectionTail(installation.bootstrapServers(), installation.detectionTopics(), log);
    this.board = board;
    CompanionJobs companions = installation.companions();
    products =
        companions == null
            ? null
            : new ProductTail(
                installation.bootstrapServers(),
                companions.sessionTopics(),
                companions.featureTopics(),
                board);
  }

  /** Ends the demo early; returns at once. May be called from any thread. */
  void interrupt() {
    interrupted.countDown();
  }

  /**
   * Runs to the end, or until {@link #interrupt()}.
   *
   * @param programStartNanos {@link System#nanoTime} at which the program began
   */
  DemoSummary run(long programStartNanos) throws InterruptedException {
    Thread reader = thread("read-detections", tail::run);
    Thread sender = thread("send-telemetry", feed::run);
    long begin = System.nanoTime();
    boolean ended = false;
    try {
      reader.start();
      sender.start();
      Thread productReader = startCompanions();
      while (!ended && sender.isAlive()) {
        ended = interrupted.await(REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        refresh(begin);
      }
      feed.stop();
      sender.join(JOIN_MILLIS);
      double wallSeconds = (System.nanoTime() - begin) / 1e9;
      if (!ended) {
        view.say("All messages are sent; waiting for the job to read the rest");
      }
      boolean drained = !ended && installation.drain(DRAIN_LIMIT);
      if (!ended) {
        refresh(begin);
      }
      tail.stop();
      reader.join(JOIN_MILLIS);
      return summary(
          programStartNanos, wallSeconds, drained, ended, endCompanions(productReader, drained));
    } finally {
      feed.stop();
      tail.stop();
      if (products != null) {
        products.stop();
      }
      view.end();
    }
  }

  /** After {@code precursors}, which nobody shall wait longer for; null when there are none. */
  private Thread startCompanions() {
    if (products == null) {
      return null;
    }
    installation.companions().start(view::say);
    Thread reader = thread("read-products", products::run);
    reader.start();
    return reader;
  }

  private ProductSummary endCompanions(Thread reader, boolean drained) throws InterruptedException {
    if (reader == null) {
      return null;
    }
    CompanionJobs companions = installation.companions();
    boolean complete = false;
    if (drained) {
      view.say("Waiting for ingest, sessions and features to read the rest");
      complete = companions.drain(COMPANIONS_LIMIT, () -> interrupted.getCount() == 0);
    }
    products.stop();
    reader.join(PRODUCTS_JOIN_MILLIS);
    return new ProductSummary(board.products(), complete, companions.problem());
  }

  private void refresh(long begin) {
    failWhenBroken();
    try {
      figures = installation.figures();
    } catch (RuntimeException e) {
      // The job's interface is busy; the last figures stand.
    }
    List<SeenDetection> seen = tail.seen();
    for (; told < seen.size(); told++) {
      view.detected(seen.get(told));
    }
    view.show(
        new DemoState(
            (System.nanoTime() - begin) / 1e9,
            feed.simulatedMillis(),
            feed.messages(),
            feed.readings(),
            tail.latencyMicros(),
            figures,
            DemoState.Health.of(
                settings.fleet().assets(), seen, feed.states(), feed.simulatedMillis()),
            DemoState.newest(seen, NEWEST),
            board == null ? null : board.products()));
  }

  private void failWhenBroken() {
    Throwable failure = broken.get() == null ? feed.refusal() : broken.get();
    if (failure != null) {
      throw CliFailure.failed("The demo broke off: " + failure.getMessage(), failure);
    }
    String obituary;
    try {
      obituary = installation.obituary();
    } catch (RuntimeException e) {
      return;
    }
    if (obituary != null) {
      throw CliFailure.failed(obituary, null);
    }
  }

  private DemoSummary summary(
      long programStartNanos,
      double wallSeconds,
      boolean drained,
      boolean stopped,
      ProductSummary products) {
    List<SeenDetection> seen = tail.seen();
    return new DemoSummary(
        settings,
        feed.simulatedMillis(),
        wallSeconds,
        DemoScore.of(
            fleet.truth(),
            seen.stream().map(SeenDetection::detection).toList(),
            feed.simulatedMillis()),
        seen.size(),
        tail.repeats(),
        tail.latencyMicros(),
        feed.messages(),
        feed.readings(),
        figures,
        seen.isEmpty() ? Double.NaN : (seen.get(0).seenNanos() - programStartNanos) / 1e9,
        drained,
        stopped,
        products);
  }

  private Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> broken.compareAndSet(null, e));
    return thread;
  }
}
