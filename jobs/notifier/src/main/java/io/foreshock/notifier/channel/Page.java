package io.foreshock.notifier.channel;

import io.foreshock.model.Detection.Severity;
import java.time.Duration;
import java.util.List;

/**
 * One message to people, as the job {@code alerts} decided it.
 *
 * @param id identity of this message: a function of what caused it, so a repeat has the same
 * @param dedupKey identity of what it is about, the same for all messages about one alert; a
 *     receiver shows one thing for each
 * @param kind what is said
 * @param subject what it is about
 * @param severity how soon somebody must act; of a summary, the highest
 * @param recipients who is told; empty: nobody is named
 * @param addresses of these, those that this channel is for; empty: the channel's own
 * @param createdMillis when it was decided, in milliseconds since 1970 (UTC)
 * @param seenMillis event time of the last detection, in milliseconds since 1970 (UTC); of a
 *     summary, when it was decided
 * @param title one line
 * @param text the rest, lines; may be empty
 * @param late how old it is when it goes out; zero while that counts as fresh
 */
public record Page(
    String id,
    String dedupKey,
    Kind kind,
    Subject subject,
    Severity severity,
    List<Recipient> recipients,
    List<String> addresses,
    long createdMillis,
    long seenMillis,
    String title,
    List<String> text,
    Duration late) {

  /** What is said. */
  public enum Kind {
    /** Somebody must act. */
    PAGE,
    /** Many pages at once, in one message. */
    SUMMARY,
    /** Something changed; nobody need be woken. */
    UPDATE,
    /** Somebody takes care. */
    ACKNOWLEDGED,
    /** It is over. */
    RESOLVED
  }

  /**
   * What a message is about.
   *
   * @param tenant whose it is, from the topic's name
   * @param alertId alert concerned; this and what follows is empty for a summary
   * @param assetId machine concerned
   * @param assetClass kind of machine; empty when unknown
   * @param site where it stands; empty when unknown
   * @param component part that is about to fail
   * @param failureMode how
   */
  public record Subject(
      String tenant,
      String alertId,
      String assetId,
      String assetClass,
      String site,
      String component,
      String failureMode) {

    /** Many alerts of a tenant. */
    public static Subject many(String tenant) {
      return new Subject(tenant, "", "", "", "", "", "");
    }
  }

  /**
   * One way to one person or group.
   *
   * @param channel name of a channel, or one that a route knows
   * @param address within the channel; empty: the channel's own
   */
  public record Recipient(String channel, String address) {}

  public Page {
    recipients = List.copyOf(recipients);
    addresses = List.copyOf(addresses);
    text = List.copyOf(text);
  }

  public String tenant() {
    return subject.tenant();
  }

  /** Whether the incident is over with it. */
  public boolean ends() {
    return kind == Kind.RESOLVED;
  }

  /** The same for these addresses. */
  public Page to(List<String> some) {
    return new Page(
        id,
        dedupKey,
        kind,
        subject,
        severity,
        recipients,
        some,
        createdMillis,
        seenMillis,
        title,
        text,
        late);
  }

  /** The same, marked as this old. */
  public Page late(Duration age) {
    return new Page(
        id,
        dedupKey,
        kind,
        subject,
        severity,
        recipients,
        addresses,
        createdMillis,
        seenMillis,
        title,
        text,
        age);
  }

  /** The title as people see it: what comes late says so first. */
  public String headline() {
    String said = kind == Kind.ACKNOWLEDGED ? "Acknowledged: " + title : title;
    return late.isZero() ? said : "[late by " + spell(late) + "] " + said;
  }

  private static String spell(Duration time) {
    if (time.toHours() >= 48) {
      return time.toDays() + " days";
    }
    return time.toMinutes() >= 120 ? time.toHours() + " h" : time.toMinutes() + " min";
  }
}
