package io.foreshock.backtest.data.hydraulic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.SymptomTimes;
import java.util.List;
import java.util.Locale;

/**
 * In how many cycles the symptoms that are on at the end tell the condition. A component is as ill
 * as it has symptoms; the valve by the flow late in its switching, and where that is normal by the
 * flow just before.
 *
 * <p>The limits were set on every {@value #TUNED}th cycle, from the first; the others are judged.
 */
final class ConditionFigures {
  private static final int TUNED = 4;
  private static final List<Integer> COOLER = List.of(100, 20, 3);
  private static final List<Integer> VALVE = List.of(100, 90, 80, 73);

  /** Cycles of one component by true and told condition. */
  private static final class Confusion {
    final List<Integer> conditions;
    final int[][] cycles;
    int stable;
    int stableRight;

    Confusion(List<Integer> conditions) {
      this.conditions = conditions;
      cycles = new int[conditions.size()][conditions.size()];
    }

    void add(int truth, int severity, boolean isStable) {
      int row = conditions.indexOf(truth);
      int told = Math.min(severity, conditions.size() - 1);
      cycles[row][told]++;
      stable += isStable ? 1 : 0;
      stableRight += isStable && row == told ? 1 : 0;
    }

    double accuracy() {
      int all = 0;
      int right = 0;
      for (int row = 0; row < cycles.length; row++) {
        right += cycles[row][row];
        for (int count : cycles[row]) {
          all += count;
        }
      }
      return right / (double) all;
    }

    void report(String component, ObjectNode json, StringBuilder table) {
      json.put(component + "Accuracy", accuracy());
      json.put(component + "AccuracyStable", stableRight / (double) stable);
      ObjectNode byCondition = json.putObject(component + "ByCondition");
      table.append(
          String.format(
              Locale.ROOT,
              "%s told right in %.2f %% of the cycles (%.2f %% of those that had settled)%n",
              component,
              100 * accuracy(),
              100.0 * stableRight / stable));
      for (int row = 0; row < cycles.length; row++) {
        int all = 0;
        StringBuilder told = new StringBuilder();
        for (int column = 0; column < cycles.length; column++) {
          all += cycles[row][column];
          told.append(
              String.format(Locale.ROOT, "  %d: %d", conditions.get(column), cycles[row][column]));
        }
        byCondition.put(conditions.get(row).toString(), cycles[row][row] / (double) all);
        table.append(
            String.format(Locale.ROOT, "  condition %3d told as%s%n", conditions.get(row), told));
      }
    }
  }

  private ConditionFigures() {}

  static Figures of(List<Condition> conditions, SymptomTimes symptoms) {
    SymptomTimes.Cursor cooling = on(symptoms, HydraulicRecording.COOLING);
    SymptomTimes.Cursor early = on(symptoms, HydraulicRecording.EARLY_FLOW);
    SymptomTimes.Cursor late = on(symptoms, HydraulicRecording.LATE_FLOW);
    Confusion cooler = new Confusion(COOLER);
    Confusion valve = new Confusion(VALVE);
    for (int cycle = 0; cycle < conditions.size(); cycle++) {
      long end = HydraulicRecording.endMillis(cycle);
      int coolerIll = cooling.at(end).size();
      int earlyIll = early.at(end).size();
      int lateIll = late.at(end).size();
      if (cycle % TUNED != 0) {
        Condition truth = conditions.get(cycle);
        cooler.add(truth.cooler(), coolerIll, truth.stable());
        valve.add(truth.valve(), lateIll > 0 ? lateIll + 1 : earlyIll, truth.stable());
      }
    }
    ObjectNode json = new ObjectMapper().createObjectNode();
    StringBuilder table = new StringBuilder();
    cooler.report("cooler", json, table);
    valve.report("valve", json, table);
    return new Figures(json, table.toString());
  }

  private static SymptomTimes.Cursor on(SymptomTimes symptoms, String channel) {
    return symptoms.cursor(HydraulicRecording.ASSET, signal -> signal.channel().equals(channel));
  }
}
