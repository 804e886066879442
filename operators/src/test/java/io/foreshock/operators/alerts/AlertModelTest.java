package io.foreshock.operators.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random detections, commands and time, against {@link AlertModel}. More with {@code
 * -Dforeshock.alerts.sequences=…}; {@code -Dforeshock.seed=…} repeats one.
 */
class AlertModelTest {
  private static final int SEQUENCES = Integer.getInteger("foreshock.alerts.sequences", 10_000);
  private static final Severity[] SEVERITIES = Severity.values();
  private static final String ALERT = "pump-1/bearing/wear";

  static final AlertRules RULES =
      new AlertRules(
          seconds(AlertModel.DISORDER),
          seconds(AlertModel.EXPIRE),
          seconds(AlertModel.STEP_DOWN),
          AlertModel.FLAPS,
          seconds(AlertModel.FLAP_WINDOW),
          Duration.ofHours(2),
          Duration.ofHours(1),
          seconds(5),
          10,
          Set.of("offline"),
          seconds(5),
          AlertRules.DEFAULT.storm(),
          List.of(
              MachineDriver.policy(
                  seconds(AlertModel.SECOND_STEP),
                  seconds(AlertModel.REPEAT),
                  AlertModel.REPEATS)));

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static long at(int second) {
    return MachineDriver.START + second * 1000L;
  }

  private static int second(long millis) {
    assertThat((millis - MachineDriver.START) % 1000).isZero();
    return (int) ((millis - MachineDriver.START) / 1000);
  }

  @Test
  void agreesWithTheSimpleModelOnRandomSequences() throws Exception {
    Long given = Long.getLong("foreshock.seed");
    long first = given != null ? given : System.nanoTime();
    int sequences = given != null ? 1 : SEQUENCES;
    System.out.println("AlertModelTest: " + sequences + " sequences from seed " + first);
    long pages = 0;
    Set<Alert.State> seen = new HashSet<>();
    for (long seed = first; seed < first + sequences; seed++) {
      try {
        pages += new Sequence(seed).run(seen);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Repeat with -Dforeshock.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
    if (given == null) {
      assertThat(pages).as("pages").isGreaterThan(sequences);
      assertThat(seen).containsExactlyInAnyOrder(Alert.State.values());
    }
  }

  /** One random life of one asset. */
  private static final class Sequence {
    private final Random random;
    private final MachineDriver machine = new MachineDriver(RULES);
    private final AlertModel model = new AlertModel();
    private final boolean inOrder;
    private final int length;
    private final List<Detection> sent = new ArrayList<>();
    private int now = 20;
    private int commands;

    Sequence(long seed) {
      random = new Random(seed);
      inOrder = random.nextInt(4) == 0;
      length = 5 + random.nextInt(40);
    }

    long run(Set<Alert.State> seen) throws Exception {
      for (int i = 0; i < length; i++) {
        // Mostly close together, at times long enough for everything to end.
        int pause =
            switch (random.nextInt(10)) {
              case 0 -> random.nextInt(80);
              case 1, 2 -> random.nextInt(25);
              case 3, 4, 5 -> random.nextInt(8);
              default -> random.nextInt(2);
            };
        // Two things of the same second have an order of their own, whichever comes first.
        now += inOrder ? Math.max(1, pause) : pause;
        machine.until(at(now));
        step();
        model.live(0, now);
        try {
          compare();
        } catch (AssertionError e) {
          throw new AssertionError(
              e.getMessage()
                  + "\nat second "
                  + now
                  + " of "
                  + model.happenings
                  + "\nquiet "
                  + model.intervals
                  + "\nmodel "
                  + model.history
                  + " pages "
                  + model.pages
                  + "\nmachine "
                  + machine.alert(),
              e);
        }
        if (machine.alert() != null) {
          seen.add(machine.alert().state());
        }
      }
      now += 300;
      machine.until(at(now));
      model.live(0, now);
      compare();
      checkMessages();
      machine.until(at(now) + Duration.ofHours(4).toMillis());
      assertThat(machine.asset.isEmpty()).as("state is empty in the end").isTrue();
      return machine.messages(Notification.Kind.PAGE).size();
    }

    private void step() throws Exception {
      switch (random.nextInt(12)) {
        case 0 -> command(Command.Action.ACKNOWLEDGE);
        case 1 -> command(Command.Action.RESOLVE);
        case 2 -> {
          if (random.nextInt(3) == 0) {
            command(Command.Action.FALSE_ALARM);
          } else {
            maintenanceDone();
          }
        }
        case 3 -> quiet();
        case 4 -> unsilence();
        case 5 -> backlog();
        case 6 -> repeat();
        default -> detect();
      }
    }

    private void detect() throws Exception {
      int late = inOrder ? 0 : random.nextInt(AlertModel.DISORDER + 3);
      int eventTime = now - late;
      Severity severity = SEVERITIES[random.nextInt(3)];
      Detection detection = MachineDriver.detection(id(), severity, at(eventTime));
      sent.add(detection);
      assertThat(machine.detect(detection)).isTrue();
      model.happenings.add(
          new AlertModel.Happening(
              Math.max(eventTime, now - AlertModel.DISORDER),
              eventTime,
              detection.id(),
              severity,
              null,
              ""));
    }

    private String id() {
      return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    private void repeat() throws Exception {
      if (!sent.isEmpty()) {
        assertThat(machine.detect(sent.get(random.nextInt(sent.size())))).isFalse();
      }
    }

    private void backlog() throws Exception {
      machine.detect(
          MachineDriver.detection(
              id(), "bearing", "wear", SEVERITIES[random.nextInt(3)], at(now - 500), true));
      model.backlog++;
    }

    private void command(Command.Action action) throws Exception {
      model.live(0, now);
      boolean possible =
          action == Command.Action.FALSE_ALARM
              ? model.state != null
              : model.open()
                  && (action != Command.Action.ACKNOWLEDGE || model.acknowledgedBy.isEmpty());
      String id = "command-" + ++commands;
      machine.command(MachineDriver.command(action, id, ALERT, "", 0, 0));
      assertThat(answered()).as("%s of %s", action, model.state).isEqualTo(possible);
      if (possible) {
        model.happenings.add(new AlertModel.Happening(now, 0, id, null, action, "eva"));
      }
    }

    private void maintenanceDone() throws Exception {
      int finished = now - random.nextInt(6);
      String id = "command-" + ++commands;
      machine.command(
          MachineDriver.command(
              Command.Action.MAINTENANCE_DONE, id, "", "bearing", 0, at(finished)));
      assertThat(answered()).isTrue();
      if (!machine.asset.slots.isEmpty()) {
        model.happenings.add(
            new AlertModel.Happening(
                now, finished, id, null, Command.Action.MAINTENANCE_DONE, "eva"));
      }
    }

    private void quiet() throws Exception {
      boolean maintenance = random.nextInt(3) == 0;
      int from = (random.nextBoolean() ? now : now + random.nextInt(10)) + (inOrder ? 1 : 0);
      int until = from + 1 + random.nextInt(20);
      String id = "command-" + ++commands;
      machine.command(
          MachineDriver.command(
              maintenance ? Command.Action.MAINTENANCE_WINDOW : Command.Action.SILENCE,
              id,
              "",
              "",
              at(from),
              at(until)));
      assertThat(answered()).isTrue();
      model.intervals.add(new AlertModel.Interval(id, maintenance, from, until));
    }

    private void unsilence() throws Exception {
      boolean possible = false;
      for (int i = 0; i < model.intervals.size(); i++) {
        AlertModel.Interval old = model.intervals.get(i);
        if (old.until() > now) {
          possible = true;
          model.intervals.set(
              i,
              new AlertModel.Interval(
                  old.id(), old.maintenance(), old.from(), Math.max(old.from(), now)));
        }
      }
      machine.command(
          MachineDriver.command(Command.Action.UNSILENCE, "command-" + ++commands, "", "", 0, 0));
      assertThat(answered()).isEqualTo(possible);
    }

    private boolean answered() {
      return machine.answers.get(machine.answers.size() - 1).accepted();
    }

    private void compare() {
      Alert alert = machine.alert();
      if (model.state == null && model.recorded == 0) {
        assertThat(alert).isNull();
        return;
      }
      assertThat(alert.recordedCount()).as("recorded").isEqualTo(model.recorded);
      if (model.state == null) {
        assertThat(alert.state()).isEqualTo(Alert.State.EXPIRED);
        assertThat(alert.occurrence()).isZero();
        return;
      }
      List<AlertModel.Entry> history =
          alert.history().stream()
              .map(
                  entry ->
                      new AlertModel.Entry(
                          entry.state(),
                          second(entry.atMillis()),
                          entry.severity(),
                          entry.by(),
                          entry.cause()))
              .toList();
      int dropped = (int) alert.droppedHistory();
      assertThat(history)
          .as("history")
          .isEqualTo(model.history.subList(dropped, model.history.size()));
      boolean silenced = model.open() && model.quiet(now);
      assertThat(alert.state()).isEqualTo(silenced ? Alert.State.SILENCED : model.state);
      assertThat(alert.severity()).isEqualTo(model.severity);
      assertThat(alert.occurrence()).as("occurrence").isEqualTo(model.occurrence);
      assertThat(alert.firstSeenMillis()).as("first").isEqualTo(at(model.first));
      assertThat(alert.lastSeenMillis()).as("last").isEqualTo(at(model.last));
      assertThat(alert.detectionCount()).as("count").isEqualTo(model.count);
      assertThat(new HashSet<>(alert.detectionIds()))
          .hasSize(Math.min(Alert.MAX_DETECTION_IDS, model.count))
          .isSubsetOf(model.ids);
      assertThat(alert.acknowledgedBy()).isEqualTo(model.acknowledgedBy);
      assertThat(alert.flapping()).as("flapping").isEqualTo(model.flapping);
      assertThat(alert.falseAlarm()).as("false alarm").isEqualTo(model.falseAlarm);
      assertThat(alert.escalationStep()).as("step").isEqualTo(model.step);
      List<Alert> revisions = machine.revisions;
      assertThat(revisions.get(revisions.size() - 1).revision()).isEqualTo(revisions.size());
    }

    private void checkMessages() {
      Set<String> ids = new HashSet<>();
      boolean told = false;
      for (Notification message : machine.messages) {
        assertThat(ids.add(message.id())).as("each id once").isTrue();
        switch (message.kind()) {
          case PAGE -> told = true;
          case RESOLVED -> {
            assertThat(told).as("only what was paged is over").isTrue();
            told = false;
          }
          default -> {}
        }
      }
      assertThat(told).as("what was paged is over in the end").isFalse();
      if (inOrder) {
        List<String> expected =
            model.pages.stream()
                .map(page -> page.step() + "." + page.repeat() + " " + page.severity())
                .toList();
        List<String> paged =
            machine.messages(Notification.Kind.PAGE).stream()
                .map(page -> page.step() + "." + page.repeat() + " " + page.severity())
                .toList();
        assertThat(paged).as("pages in order").isEqualTo(expected);
      }
    }
  }

  /** However the same detections come, late by no more than is allowed, the alert is the same. */
  @Test
  void givesTheSameAlertForEveryOrderOfArrival() throws Exception {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    System.out.println("AlertModelTest: orders of arrival from seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < SEQUENCES / 5; round++) {
      List<Detection> detections = new ArrayList<>();
      int time = 10;
      for (int i = 0; i < 3 + random.nextInt(12); i++) {
        time += random.nextInt(random.nextInt(5) == 0 ? 40 : 6);
        detections.add(
            MachineDriver.detection(
                "%032x".formatted(random.nextLong()), SEVERITIES[random.nextInt(3)], at(time)));
      }
      Alert inOrder = arrive(detections, random, 0, time + 200);
      for (int other = 0; other < 3; other++) {
        Alert shuffled = arrive(detections, random, AlertModel.DISORDER, time + 200);
        assertThat(shuffled.withoutTime())
            .as("seed %d, round %d", seed, round)
            .isEqualTo(inOrder.withoutTime());
      }
    }
  }

  private static Alert arrive(List<Detection> detections, Random random, int late, int end)
      throws Exception {
    record Arrival(long at, Detection detection) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Detection detection : detections) {
      arrivals.add(
          new Arrival(detection.eventTimeMillis() + 1000L * random.nextInt(late + 1), detection));
    }
    Collections.shuffle(arrivals, random);
    arrivals.sort((a, b) -> Long.compare(a.at(), b.at()));
    MachineDriver machine = new MachineDriver(RULES);
    for (Arrival arrival : arrivals) {
      machine.until(arrival.at());
      machine.detect(arrival.detection());
    }
    machine.until(at(end));
    return machine.alert();
  }
}
