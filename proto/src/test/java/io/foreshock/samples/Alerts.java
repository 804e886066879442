package io.foreshock.samples;

import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.Detection;
import io.foreshock.model.Notification;
import io.foreshock.model.Notification.Recipient;
import java.util.List;

/** Alerts, commands and notifications for tests. */
public final class Alerts {
  public static final long AT = Readings.time("08:00:10");

  private Alerts() {}

  /** An alert with everything in it. */
  public static Alert alert() {
    return new Alert(
        Assets.PUMP,
        "vienna",
        "bearing",
        "wear",
        Detection.Severity.CRITICAL,
        Alert.State.ACKNOWLEDGED,
        7,
        2,
        AT,
        AT + 60_000,
        AT + 61_000,
        AT + 172_800_000,
        3,
        1,
        List.of("0d737a76e56515d0d6b82b3725ea1a4d"),
        new Alert.Evidence("0d737a76e56515d0d6b82b3725ea1a4d", "bearing-wear", 3, AT, 172_800_000),
        true,
        "eva",
        1,
        "pumps",
        AT + 90_000,
        "spare part is ordered, 温度",
        List.of(
            new Alert.Transition(
                Alert.State.RAISED,
                AT,
                Detection.Severity.WARNING,
                "",
                "",
                "0d737a76e56515d0d6b82b3725ea1a4d"),
            new Alert.Transition(
                Alert.State.ACKNOWLEDGED,
                AT + 61_000,
                Detection.Severity.CRITICAL,
                "eva",
                "spare part is ordered, 温度",
                "command-1")),
        4,
        true);
  }

  /** A silence of one component for an hour. */
  public static Command silence() {
    return new Command(
        Assets.TENANT,
        "command-1",
        AT,
        "eva",
        Assets.PUMP.assetId(),
        "",
        "",
        "night shift",
        Command.Action.SILENCE,
        "",
        "bearing",
        AT,
        AT + 3_600_000,
        "",
        2,
        90_211);
  }

  /** A page with everything in it. */
  public static Notification page() {
    return new Notification(
        "0d737a76e56515d0d6b82b3725ea1a4d",
        "acme/pump-1/bearing/wear",
        Notification.Kind.PAGE,
        Assets.TENANT,
        Assets.PUMP,
        "vienna",
        "pump-1/bearing/wear",
        7,
        "bearing",
        "wear",
        Detection.Severity.CRITICAL,
        List.of(new Recipient("pagerduty", ""), new Recipient("mail", "pumps@plant.example")),
        2,
        1,
        "CRITICAL pump-1: bearing wear",
        "Pattern bearing-wear matched.\nAct within 2 d.",
        AT + 61_000,
        AT + 60_000,
        1,
        List.of());
  }
}
