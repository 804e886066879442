package io.foreshock.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractTest {
  private static final Contract CONTRACT =
      new Contract(
          "precursors",
          240,
          List.of(
              new Contract.Operator("order-telemetry", "", 0, 0, List.of()),
              new Contract.Operator(
                  "Sink Committer: write", "write: Committer", 1, 1, List.of("a.b", "c=true"))),
          List.of(
              new Contract.State(
                  "order-telemetry",
                  "KEY_VALUE",
                  "cursors",
                  "VALUE",
                  "StringSerializer 3",
                  "io.foreshock.CursorsSerializer$Snapshot 3",
                  2),
              new Contract.State(
                  "order-telemetry",
                  "BROADCAST",
                  "rules",
                  "",
                  "",
                  "MapSerializer 3 <A 3, B 3>",
                  0)));

  @Test
  void theFileSaysEverything() {
    assertThat(Contract.parse(CONTRACT.toText())).isEqualTo(CONTRACT);
    assertThat(CONTRACT.toText())
        .contains(
            "uid Sink Committer: write | name write: Committer | parallelism 1 | max-parallelism 1"
                + " | with a.b | with c=true\n",
            "state order-telemetry | KEY_VALUE cursors | VALUE"
                + " | io.foreshock.CursorsSerializer$Snapshot 3 | key StringSerializer 3 | format 2\n");
  }

  @Test
  void aLineThatSaysNothingIsNamed() {
    assertThatThrownBy(() -> Contract.parse("job a\nuids b\n"))
        .hasMessage("This line of a state contract says nothing: uids b");
  }

  @Test
  void anOperatorIsGoneWithAnOptionThatTakesItAwayHoweverItIsWritten() {
    Contract.Operator operator =
        new Contract.Operator(
            "make-ticks", "", 1, 0, List.of(), List.of("ticks.interval=0 s", "simulated=true"));
    assertThat(Contract.parse(new Contract("a", 240, List.of(operator), List.of()).toText()))
        .extracting(contract -> contract.operators().get(0))
        .isEqualTo(operator);
    assertThat(operator.isPartOf(Map.of())).isTrue();
    assertThat(operator.isPartOf(Map.of("ticks.interval", "1 s", "simulated", "false"))).isTrue();
    assertThat(operator.isPartOf(Map.of("ticks.interval", "0ms"))).isFalse();
    assertThat(operator.isPartOf(Map.of("simulated", "TRUE"))).isFalse();
  }

  @Test
  void anOperatorIsThereWithOneOfItsOptions() {
    Contract.Operator operator = CONTRACT.operator("Sink Committer: write").orElseThrow();
    assertThat(operator.isPartOf(Map.of())).isFalse();
    assertThat(operator.isPartOf(Map.of("a.b", ""))).isFalse();
    assertThat(operator.isPartOf(Map.of("a.b", "anything"))).isTrue();
    assertThat(operator.isPartOf(Map.of("c", "false"))).isFalse();
    assertThat(operator.isPartOf(Map.of("c", "true"))).isTrue();
  }
}
