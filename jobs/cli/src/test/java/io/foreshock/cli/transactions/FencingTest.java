package io.foreshock.cli.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class FencingTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> fenced = new ArrayList<>();

  @Test
  void whatDoesNotAnswerIsReportedAndTheRestGoesOn() throws Exception {
    assertThat(abort(open("a"), open("silent"), open("refused"), open("z"))).isEqualTo(2);
    assertThat(out.toString().lines().map(line -> line.split(" +")[1])).containsExactly("a", "z");
    assertThat(err.toString().lines())
        .containsExactly(
            "Not aborted: silent. TimeoutException", "Not aborted: refused. ExecutionException");
  }

  @Test
  void whatTheBrokerEndsItselfIsLeftToIt() throws Exception {
    assertThat(
            abort(
                new OpenTransaction(
                    "commits",
                    TransactionState.PREPARE_COMMIT,
                    1,
                    0,
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(1),
                    Map.of()),
                open("b")))
        .isZero();
    assertThat(fenced).containsExactly("b");
    assertThat(out.toString())
        .contains("Left to the broker, which ends it: commits ", "Aborted b ");
  }

  private int abort(OpenTransaction... found) throws Exception {
    return new Fencing(
            this::answers,
            Duration.ofMillis(50),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            failure -> failure.getClass().getSimpleName())
        .abort(List.of(found));
  }

  private Map<String, KafkaFuture<Void>> answers(List<String> ids) {
    fenced.addAll(ids);
    Map<String, KafkaFuture<Void>> answers = new HashMap<>();
    for (String id : ids) {
      KafkaFutureImpl<Void> answer = new KafkaFutureImpl<>();
      if (id.equals("refused")) {
        answer.completeExceptionally(new IllegalStateException("no"));
      } else if (!id.equals("silent")) {
        answer.complete(null);
      }
      answers.put(id, answer);
    }
    return answers;
  }

  private static OpenTransaction open(String id) {
    return new OpenTransaction(
        id, TransactionState.ONGOING, 1, 0, Duration.ofMinutes(2), Duration.ofMinutes(1), Map.of());
  }
}
