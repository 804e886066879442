package io.foreshock.operators.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.SessionRow;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/**
 * Random streams through this operator and through Flink's {@code EventTimeSessionWindows}. Where
 * nothing is older than the horizon both know the same sessions in the end: Flink's last windows,
 * less those that a later one holds (Flink merges windows that it has fired without a word), are
 * our table after compaction.
 *
 * <p>{@code -Dforeshock.sessions.cases=100000} for more, {@code -Dforeshock.seed=…} to repeat.
 */
class SessionWindowsDifferentialTest {
  private static final int CASES = Integer.getInteger("foreshock.sessions.cases", 2_500);
  private static final long SEED = Long.getLong("foreshock.seed", System.nanoTime());
  private static final long START = Readings.time("08:00:00");

  /** A reading: whether the machine ran, by minutes and seconds. */
  private record Event(String asset, long millis, boolean runs) {}

  /** A session from the first running reading to the last one. */
  private record Found(String asset, long startMillis, long endMillis)
      implements Comparable<Found> {
    boolean holds(Found other) {
      return asset.equals(other.asset)
          && startMillis <= other.startMillis
          && other.endMillis <= endMillis
          && !equals(other);
    }

    @Override
    public int compareTo(Found other) {
      return Comparator.comparing(Found::asset)
          .thenComparing(Found::startMillis)
          .thenComparing(Found::endMillis)
          .compare(this, other);
    }
  }

  private enum Order {
    IN_ORDER,
    NEIGHBOURS_SWAPPED,
    BLOCKS_LATE,
    NEWEST_FIRST,
    SHUFFLED
  }

  @Test
  void knowsTheSessionsThatFlinkKnows() throws Exception {
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(SEED + number);
      Order order = Order.values()[number % Order.values().length];
      Duration gap = Duration.ofSeconds(10 + random.nextInt(600));
      List<Event> events = events(random, gap, order);
      List<SessionRow> rows = ours(events, gap, random.nextInt(3) * 30_000L);

      assertThat(found(SessionsHarness.table(rows)))
          .as("case %d of seed %d: %s, gap %s, %s", number, SEED, order, gap, events)
          .isEqualTo(flinks(events, gap));
      if (order == Order.IN_ORDER) {
        assertThat(rows)
            .as("case %d of seed %d: in order nothing is told twice", number, SEED)
            .filteredOn(row -> row.kind() == SessionRow.Kind.OPERATION)
            .allMatch(row -> row.revision() == 1 && !row.deleted());
      }
      assertStartsOfDays(rows, number);
    }
  }

  /** Days count what the table holds. */
  private static void assertStartsOfDays(List<SessionRow> rows, int number) {
    List<SessionRow> table = SessionsHarness.table(rows);
    int starts =
        table.stream()
            .filter(row -> row.kind() == SessionRow.Kind.DAY)
            .mapToInt(row -> row.figures().starts())
            .sum();
    assertThat(starts).as("case %d of seed %d: days", number, SEED).isEqualTo(found(table).size());
  }

  private static List<Event> events(Random random, Duration gap, Order order) {
    List<Event> events = new ArrayList<>();
    for (String asset : List.of("a", "b")) {
      long time = START + random.nextInt(1_000);
      int count = 2 + random.nextInt(30);
      for (int i = 0; i < count; i++) {
        // Now and then just the gap, or one more or less.
        time +=
            switch (random.nextInt(6)) {
              case 0 -> gap.toMillis() + random.nextInt(3) - 1;
              case 1 -> (long) (gap.toMillis() * (1 + random.nextDouble()));
              case 2 -> 0;
              default -> (long) (gap.toMillis() * random.nextDouble());
            };
        events.add(new Event(asset, time, random.nextInt(5) != 0));
      }
    }
    arrange(events, order, random);
    return events;
  }

  private static void arrange(List<Event> events, Order order, Random random) {
    switch (order) {
      case IN_ORDER -> {}
      case NEIGHBOURS_SWAPPED -> {
        for (int i = 1; i < events.size(); i += 1 + random.nextInt(3)) {
          Collections.swap(events, i - 1, i);
        }
      }
      case BLOCKS_LATE -> {
        int from = random.nextInt(events.size());
        List<Event> block =
            new ArrayList<>(
                events.subList(from, Math.min(events.size(), from + random.nextInt(12))));
        events.subList(from, from + block.size()).clear();
        events.addAll(block);
      }
      case NEWEST_FIRST -> Collections.reverse(events);
      case SHUFFLED -> Collections.shuffle(events, random);
    }
  }

  private static List<SessionRow> ours(List<Event> events, Duration gap, long pauseMillis)
      throws Exception {
    SessionRules rules =
        new SessionRules(
            List.of(SessionRuleSamples.machine(gap)),
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            10_000,
            Duration.ofDays(30));
    try (SessionsHarness harness = new SessionsHarness(rules)) {
      long ingest = START + 86_400_000;
      for (int i = 0; i < events.size(); i++) {
        Event event = events.get(i);
        ingest += pauseMillis;
        harness.send(
            Readings.of(Assets.pump(event.asset()))
                .sequence(i)
                .at(event.millis())
                .reading(SessionRuleSamples.CURRENT, event.runs() ? 10 : 0)
                .appendedAt(ingest)
                .batch());
      }
      harness.endOfInput();
      assertThat(harness.keysInState()).isZero();
      return harness.rows();
    }
  }

  private static TreeSet<Found> found(List<SessionRow> table) {
    TreeSet<Found> found = new TreeSet<>();
    table.stream()
        .filter(row -> row.kind() == SessionRow.Kind.OPERATION)
        .map(row -> new Found(row.asset().assetId(), row.startMillis(), row.endMillis()))
        .forEach(found::add);
    return found;
  }

  /** The watermark follows the newest reading; late ones are allowed for ever. */
  private static TreeSet<Found> flinks(List<Event> events, Duration gap) throws Exception {
    WindowOperatorBuilder<Event, String, TimeWindow> windows =
        new WindowOperatorBuilder<>(
            EventTimeSessionWindows.withGap(gap),
            EventTimeTrigger.create(),
            new ExecutionConfig(),
            Types.GENERIC(Event.class),
            Event::asset,
            Types.STRING);
    windows.allowedLateness(Duration.ofDays(365));
    TreeSet<Found> found = new TreeSet<>();
    try (KeyedOneInputStreamOperatorTestHarness<String, Event, Found> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            windows.process(new Bounds()), Event::asset, Types.STRING)) {
      harness.open();
      long watermark = Long.MIN_VALUE;
      for (Event event : events) {
        if (event.runs()) {
          harness.processElement(event, event.millis());
        }
        if (event.millis() - 1 > watermark) {
          watermark = event.millis() - 1;
          harness.processWatermark(watermark);
        }
      }
      harness.processWatermark(Long.MAX_VALUE);
      for (Found window : harness.extractOutputValues()) {
        found.add(
            new Found(window.asset(), window.startMillis(), window.endMillis() - gap.toMillis()));
      }
    }
    List<Found> all = new ArrayList<>(found);
    found.removeIf(window -> all.stream().anyMatch(other -> other.holds(window)));
    return found;
  }

  private static final class Bounds
      extends ProcessWindowFunction<Event, Found, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        String asset, Context context, Iterable<Event> events, Collector<Found> out) {
      out.collect(new Found(asset, context.window().getStart(), context.window().getEnd()));
    }
  }
}
