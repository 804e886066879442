package io.foreshock.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  /** The example that implementations of Standard Webhooks share. */
  @Test
  void signsAsTheStandardDoes() {
    Map<String, String> headers =
        WebhookSignature.headers(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            BODY,
            List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    assertThat(headers)
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsWithBothSecretsWhileOneIsChanged() {
    String signature =
        WebhookSignature.headers("id", 1, BODY, List.of("old secret", "whsec_not base64"))
            .get("webhook-signature");

    assertThat(signature.split(" ")).hasSize(2).allMatch(one -> one.startsWith("v1,"));
    assertThat(
            WebhookSignature.headers("id", 2, BODY, List.of("old secret")).get("webhook-signature"))
        .as("another time, another signature")
        .isNotEqualTo(signature.split(" ")[0]);
  }
}
