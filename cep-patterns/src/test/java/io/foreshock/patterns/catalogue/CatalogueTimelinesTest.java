package io.foreshock.patterns.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pattern of the catalogue on short timelines; the table is {@code timelines.txt}. */
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
    List<Signal> relevant = signals.stream().filter(compiled.relevance()::mayMatter).toList();
    assertThat(StockCep.matches(compiled, relevant)).hasSize(row.matches());
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
    return signals;
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
