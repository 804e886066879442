package io.foreshock.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.notifier.Receiver;
import io.foreshock.notifier.Receiver.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTest {
  private final Http http = new Http(Duration.ofMillis(500), null);

  @ParameterizedTest
  @CsvSource({
    "200, Delivered",
    "202, Delivered",
    "400, Refused",
    "413, Refused",
    "422, Refused",
    "301, TryAgain",
    "401, TryAgain",
    "403, TryAgain",
    "404, TryAgain",
    "408, TryAgain",
    "429, TryAgain",
    "500, TryAgain",
    "503, TryAgain"
  })
  void judgesByTheStatus(int status, String outcome) throws InterruptedException {
    try (Receiver receiver = new Receiver().answering(request -> Reply.status(status))) {
      assertThat(http.post(receiver.uri(), new byte[] {'1'}, Map.of()).getClass().getSimpleName())
          .isEqualTo(outcome);
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  void givesUpOnAServerThatStalls() throws InterruptedException {
    try (Receiver receiver = new Receiver().answering(request -> Reply.NEVER)) {
      assertThat(http.post(receiver.uri(), new byte[] {'1'}, Map.of()))
          .isEqualTo(Outcome.tryAgain("no answer within 500 ms"));
    }
  }

  @Test
  void triesAgainWhereNobodyListens() throws InterruptedException {
    Outcome outcome = http.post(URI.create("http://127.0.0.1:1/"), new byte[] {'1'}, Map.of());
    assertThat(outcome).isInstanceOf(Outcome.TryAgain.class);
    assertThat(outcome.toString()).contains("no connection");
  }

  @Test
  void showsNoSecretThatIsNoHeaderOrAddress() throws InterruptedException {
    try (Receiver receiver = new Receiver()) {
      assertThat(
              http.post(
                  receiver.uri(), new byte[] {'1'}, Map.of("Authorization", "Bearer a\nsecret")))
          .isEqualTo(Outcome.tryAgain("the address or a header holds what HTTP does not allow"));
      assertThat(http.post(URI.create("se-cret"), new byte[] {'1'}, Map.of()).toString())
          .doesNotContain("se-cret");
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "120, 120",
    "0, 0",
    "-5, 0",
    "soon, 0",
    "99999999999999, 0",
    "'Fri, 20 Nov 2026 08:00:30 GMT', 30",
    "'Fri, 20 Nov 2026 07:59:30 GMT', 0"
  })
  void readsRetryAfterAsSecondsOrDate(String value, long seconds) {
    assertThat(Http.retryAfter(value, Instant.parse("2026-11-20T08:00:00Z")).toSeconds())
        .isEqualTo(seconds);
  }
}
