package io.foreshock.patterns.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.MatchPatternsFunction;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.patterns.samples.Signals;
import io.foreshock.patterns.samples.StockCep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pattern of the catalogue on short timelines, on stock flink-cep and on the engine; the
 * table is {@code timelines.txt}.
 */
class CatalogueTimelinesTest {
  private static final Pattern EVENT = Pattern.compile("([+!#=-])([A-Za-z0-9-]+)@(\\d+)(min|h|d)");
  private static final Map<String, PatternDefinition> DEFINITIONS = definitions();

  record Row(String pattern, String name, String timeline, int matches) {
    @Override
    public String toString() {
      return pattern + ": " + name;
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void matchesAsOftenAsTheTableSays(Row row) throws Exception {
    PatternDefinition definition = DEFINITIONS.get(row.pattern());
    assertThat(definition).as(row.pattern()).isNotNull();
    CompiledPattern compiled = YamlPatternSet.of(List.of(definition)).compile().get(0);
    List<Signal> signals = signals(row.timeline(), definition);

    assertThat(StockCep.matches(compiled, signals)).hasSize(row.matches());
    assertThat(detections(definition, signals)).hasSize(row.matches());
  }

  /** What the engine reports, both clocks at the end well past every deadline. */
  private static List<Detection> detections(PatternDefinition definition, List<Signal> signals)
      throws Exception {
    MatchPatternsFunction engine =
        new MatchPatternsFunction(YamlPatternSet.of(List.of(definition)), EngineRules.DEFAULT);
    try (KeyedOneInputStreamOperatorTestHarness<String, Signal, Detection> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(engine), signal -> signal.asset().key(), Types.STRING)) {
      harness.open();
      for (Signal signal : signals) {
        harness.processElement(signal, signal.eventTimeMillis());
      }
      Signal end = Heartbeat.at(asset(definition), Signals.at(100 * 1440));
      harness.processElement(end, end.eventTimeMillis());
      harness.processWatermark(new Watermark(Signals.at(200 * 1440)));
      assertThat(harness.numKeyedStateEntries()).as("open matches at the end").isZero();
      return List.copyOf(harness.extractOutputValues());
    }
  }

  @Test
  void everyPatternHasAHitAndAMiss() {
    List<Row> rows = rows().toList();
    for (String pattern : DEFINITIONS.keySet()) {
      List<Row> own = rows.stream().filter(row -> row.pattern().equals(pattern)).toList();
      assertThat(own).as(pattern).anyMatch(row -> row.matches() > 0);
      assertThat(own).as(pattern).anyMatch(row -> row.matches() == 0);
      if (DEFINITIONS.get(pattern).sequence().size() > 1) {
        assertThat(own).as(pattern).hasSizeGreaterThanOrEqualTo(3);
      }
    }
  }

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : table().split("\n")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] cells = line.split("\\|");
        rows.add(
            new Row(
                cells[0].strip(),
                cells[1].strip(),
                cells[2].strip(),
                Integer.parseInt(cells[3].strip())));
      }
    }
    return rows.stream();
  }

  private static String table() {
    try (InputStream in =
        CatalogueTimelinesTest.class.getResourceAsStream("/catalogue/timelines.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, PatternDefinition> definitions() {
    List<PatternDefinition> all = new ArrayList<>(PatternCatalogue.production());
    PatternCatalogue.referenceSets().forEach(set -> all.addAll(PatternCatalogue.reference(set)));
    Map<String, PatternDefinition> byName = new TreeMap<>();
    all.forEach(definition -> byName.put(definition.name(), definition));
    return byName;
  }

  private static List<Signal> signals(String timeline, PatternDefinition definition) {
    List<Signal> signals = new ArrayList<>();
    for (String event : timeline.split(" +")) {
      Matcher matcher = EVENT.matcher(event);
      assertThat(matcher.matches()).as(event).isTrue();
      String name = matcher.group(2);
      long minute = Long.parseLong(matcher.group(3)) * minutes(matcher.group(4));
      signals.add(
          switch (matcher.group(1)) {
            case "+" -> Signals.onset(detector(name, definition), minute);
            case "-" -> Signals.cleared(detector(name, definition), minute);
            case "!" -> Signals.fault(name, minute);
            case "#" -> Signals.maintenance(name, minute);
            default ->
                Signals.state(
                    OperatingStateChange.State.valueOf(name.toUpperCase(Locale.ROOT)), minute);
          });
    }
    return signals.stream().map(signal -> on(asset(definition), signal)).toList();
  }

  /** An asset that the pattern applies to. */
  private static AssetRef asset(PatternDefinition definition) {
    return new AssetRef(
        "acme", "asset-1", definition.scope().assetClasses().stream().findFirst().orElse("pump"));
  }

  private static Signal on(AssetRef asset, Signal signal) {
    return new Signal(
        asset,
        signal.kind(),
        signal.name(),
        signal.channel(),
        signal.component(),
        signal.attribute(),
        signal.eventTimeMillis(),
        signal.value(),
        signal.limit(),
        signal.score(),
        signal.backlog());
  }

  private static int minutes(String unit) {
    return switch (unit) {
      case "d" -> 1440;
      case "h" -> 60;
      default -> 1;
    };
  }

  private static String detector(String symptom, PatternDefinition definition) {
    for (SymptomDefinition defined : definition.symptoms()) {
      if (defined.name().equals(symptom)) {
        return defined.detector().id();
      }
    }
    throw new AssertionError(definition.name() + " has no symptom " + symptom);
  }
}
