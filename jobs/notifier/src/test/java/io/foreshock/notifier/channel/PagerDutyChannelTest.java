package io.foreshock.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.Pages;
import io.foreshock.notifier.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagerDutyChannelTest {
  @TempDir Path folder;
  private final Receiver receiver = new Receiver();
  private PagerDutyChannel channel;

  @BeforeEach
  void makeChannel() throws IOException {
    channel =
        new PagerDutyChannel(
            new Http(Duration.ofSeconds(5), null),
            receiver.uri(),
            secret("usual", "key-of-all"),
            Map.of("pumps", secret("pumps", "key-of-pumps")),
            new Link("https://foreshock.example/{tenant}/{alert}"));
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private Secret secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text + "\n");
    return Secret.parse("${file:" + file + "}").orElseThrow();
  }

  private JsonNode sent(Page page) throws InterruptedException {
    assertThat(channel.deliver(page)).isInstanceOf(Outcome.Delivered.class);
    return receiver.requests().get(receiver.requests().size() - 1).json();
  }

  @Test
  void triggersAcknowledgesAndResolvesOneIncident() throws InterruptedException {
    JsonNode trigger = sent(Pages.of(Page.Kind.PAGE, Severity.CRITICAL));
    JsonNode acknowledge = sent(Pages.of(Page.Kind.ACKNOWLEDGED, Severity.CRITICAL));
    JsonNode resolve = sent(Pages.of(Page.Kind.RESOLVED, Severity.CRITICAL));

    assertThat(List.of(trigger, acknowledge, resolve))
        .extracting(event -> event.get("event_action").asText())
        .containsExactly("trigger", "acknowledge", "resolve");
    assertThat(List.of(trigger, acknowledge, resolve))
        .extracting(event -> event.get("dedup_key").asText())
        .containsOnly("acme/pump-1/bearing/wear/1");
    assertThat(trigger.get("routing_key").asText()).isEqualTo("key-of-all");
    assertThat(trigger.get("client_url").asText())
        .isEqualTo("https://foreshock.example/acme/pump-1%2Fbearing%2Fwear");
    JsonNode payload = trigger.get("payload");
    assertThat(payload.get("summary").asText()).isEqualTo("pump-1: bearing wear");
    assertThat(payload.get("severity").asText()).isEqualTo("critical");
    assertThat(payload.get("source").asText()).isEqualTo("pump-1");
    assertThat(payload.get("timestamp").asText()).isEqualTo("2026-11-20T07:59:59Z");
    assertThat(payload.at("/custom_details/text/0").asText()).contains("shaking 4.8 mm/s");
  }

  @Test
  void staysSilentOfUpdatesThatNeedWakeNobody() {
    assertThat(channel.says(Pages.of(Page.Kind.UPDATE, Severity.WARNING))).isFalse();
    assertThat(channel.says(Pages.of(Page.Kind.RESOLVED, Severity.WARNING))).isTrue();
  }

  @Test
  void takesTheServiceThatThePageNames() throws InterruptedException {
    Page page = Pages.of(Page.Kind.PAGE, Severity.WARNING);
    assertThat(sent(page.to(List.of("pumps"))).get("routing_key").asText())
        .isEqualTo("key-of-pumps");
    assertThat(sent(page.to(List.of("fans"))).get("routing_key").asText()).isEqualTo("key-of-all");
  }

  @Test
  void oneServiceThatFailsKeepsThePageFromNoOther() throws InterruptedException {
    receiver.answering(
        request ->
            request.json().get("routing_key").asText().equals("key-of-pumps")
                ? Receiver.Reply.status(422)
                : Receiver.Reply.OK);
    Page page = Pages.of(Page.Kind.PAGE, Severity.WARNING).to(List.of("pumps", "fans"));
    assertThat(channel.deliver(page)).isInstanceOf(Outcome.Refused.class);
    assertThat(receiver.requests())
        .extracting(request -> request.json().get("routing_key").asText())
        .containsExactly("key-of-pumps", "key-of-all");

    receiver.answering(
        request ->
            Receiver.Reply.status(
                request.json().get("routing_key").asText().equals("key-of-pumps") ? 503 : 422));
    assertThat(channel.deliver(page))
        .as("worth another attempt")
        .isInstanceOf(Outcome.TryAgain.class);
  }

  @Test
  void aWrongKeyIsTriedAgain() {
    assertThat(
            PagerDutyChannel.judge(
                Outcome.refused("HTTP 400: {\"errors\":[\"'routing_key' is invalid\"]}")))
        .isInstanceOf(Outcome.TryAgain.class);
    Outcome other = Outcome.refused("HTTP 400: {\"errors\":[\"'payload.summary' is missing\"]}");
    assertThat(PagerDutyChannel.judge(other)).isEqualTo(other);
  }

  @Test
  void keepsKeysAndSummariesWithinTheLimitsOfTheApi() {
    Page page = Pages.of(Page.Kind.PAGE, Severity.WARNING);
    Page large =
        new Page(
            page.id(),
            "k".repeat(640),
            page.kind(),
            page.subject(),
            page.severity(),
            List.of(),
            List.of(),
            page.createdMillis(),
            page.seenMillis(),
            "t".repeat(2_000),
            List.of(),
            Duration.ofHours(3));
    JsonNode event = channel.event(large);
    assertThat(event.get("dedup_key").asText())
        .hasSize(36)
        .isEqualTo(channel.event(large).get("dedup_key").asText());
    assertThat(event.at("/payload/summary").asText()).hasSize(1024).startsWith("[late by 3 h] ttt");
  }
}
