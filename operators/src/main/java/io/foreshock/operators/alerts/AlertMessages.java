package io.foreshock.operators.alerts;

import io.foreshock.codec.NotificationIds;
import io.foreshock.model.Alert;
import io.foreshock.model.Notification;
import io.foreshock.model.Notification.Kind;
import io.foreshock.model.Notification.Recipient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What to tell people: the difference between how an alert stands and what they know. So an alert
 * that is corrected by a late detection pages nobody again for what they know.
 */
final class AlertMessages {
  private final Slot slot;
  private final Alert alert;
  private final Scope scope;
  private final long now;
  private final List<Notification> messages = new ArrayList<>();

  private AlertMessages(Slot slot, Alert alert, Scope scope, long now) {
    this.slot = slot;
    this.alert = alert;
    this.scope = scope;
    this.now = now;
  }

  /** The messages that are due; afterwards people know. */
  static List<Notification> tell(Slot slot, AlertCore view, Alert alert, Scope scope, long now) {
    boolean nothing = view.state == null || scope.policy() == EscalationPolicy.NONE;
    if (nothing && !slot.told.open) {
      return List.of();
    }
    AlertMessages messages = new AlertMessages(slot, alert, scope, now);
    if (view.isOpen()) {
      messages.open(view);
    } else {
      messages.closed(view);
    }
    return messages.messages;
  }

  private void open(AlertCore view) {
    Told told = slot.told;
    int step = Math.min(view.paging.step, scope.policy().steps().size());
    int severity = view.severity.ordinal();
    boolean anew =
        view.occurrence > told.occurrence
            || severity > told.severity
            || told.acknowledged && !view.isAcknowledged();
    told.occurrence = Math.min(told.occurrence, view.occurrence);
    if (!view.isAcknowledged() && step > 0) {
      page(view, step, anew);
    }
    if (told.open && severity < told.severity) {
      add(Kind.UPDATE, told.step, 0, "is now " + alert.severity(), toldUpTo(told.step));
    }
    told.severity = Math.min(told.severity, severity);
    tellChanges(view);
  }

  private void page(AlertCore view, int step, boolean anew) {
    Told told = slot.told;
    int known = anew ? 0 : told.step;
    for (int next = known + 1; next <= step; next++) {
      page(next, 0, next == step ? view.paging.lastAt : now);
    }
    if (!anew && step == told.step && view.paging.repeat > told.repeat) {
      page(step, view.paging.repeat, view.paging.lastAt);
    }
    told.occurrence = view.occurrence;
    told.severity = anew ? view.severity.ordinal() : told.severity;
    told.step = step;
    told.repeat = view.paging.repeat;
    told.acknowledged = false;
  }

  private void page(int step, int repeat, long at) {
    List<Recipient> recipients =
        scope.policy().recipients(step, alert.severity(), at, scope.place().zone());
    if (!recipients.isEmpty()) {
      slot.told.open = true;
      add(Kind.PAGE, step, repeat, "", recipients);
    }
  }

  private void tellChanges(AlertCore view) {
    Told told = slot.told;
    if (told.open && view.isAcknowledged() && !told.acknowledged) {
      add(
          Kind.ACKNOWLEDGED,
          told.step,
          0,
          "is acknowledged by " + view.acknowledgedBy,
          toldUpTo(told.step));
    }
    // Until they are paged again, people rely on somebody who takes care.
    told.acknowledged |= view.isAcknowledged();
    if (view.flapping && !told.flapping) {
      add(
          Kind.UPDATE,
          0,
          0,
          "comes and goes; it is held open until it was quiet for "
              + text(scope.rules().flapWindow()),
          toldUpTo(scope.policy().steps().size()));
    }
    told.flapping = view.flapping;
  }

  private void closed(AlertCore view) {
    Told told = slot.told;
    if (told.open) {
      add(Kind.RESOLVED, told.step, 0, whyClosed(view), toldUpTo(told.step));
    }
    told.open = false;
    told.occurrence = view.occurrence;
    told.severity = Told.NO_SEVERITY;
    told.step = 0;
    told.repeat = 0;
    told.acknowledged = false;
    told.flapping = false;
  }

  private String whyClosed(AlertCore view) {
    if (view.state == null) {
      return "is withdrawn: what was seen belongs to a maintenance window";
    }
    if (view.state == Alert.State.EXPIRED) {
      return "has expired: nothing more was seen";
    }
    String by = alert.history().get(alert.history().size() - 1).by();
    return "is resolved" + (by.isEmpty() ? "" : " by " + by);
  }

  private List<Recipient> toldUpTo(int step) {
    return scope.policy().toldUpTo(step);
  }

  private void add(Kind kind, int step, int repeat, String what, List<Recipient> recipients) {
    String tenant = alert.asset().tenant();
    slot.told.messages++;
    messages.add(
        new Notification(
            NotificationIds.of(
                tenant,
                alert.id(),
                slot.cause,
                kind.name(),
                String.valueOf(alert.occurrence()),
                String.valueOf(slot.told.messages)),
            tenant + '/' + alert.id(),
            kind,
            tenant,
            alert.asset(),
            alert.site(),
            alert.id(),
            alert.revision(),
            alert.component(),
            alert.failureMode(),
            alert.severity(),
            recipients,
            step,
            repeat,
            AlertTexts.title(alert, kind),
            AlertTexts.text(alert, what, kind, step, repeat),
            now,
            alert.lastSeenMillis(),
            1,
            List.of()));
  }

  static String text(Duration time) {
    long seconds = time.toSeconds();
    if (seconds >= 86_400 && seconds % 3_600 == 0) {
      return seconds / 86_400
          + " d"
          + (seconds % 86_400 == 0 ? "" : " " + seconds % 86_400 / 3_600 + " h");
    }
    return seconds % 3_600 == 0 && seconds > 0
        ? seconds / 3_600 + " h"
        : seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
