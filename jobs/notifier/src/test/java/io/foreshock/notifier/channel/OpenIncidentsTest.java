package io.foreshock.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.Pages;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenIncidentsTest {
  private static final String ALERT = "pump-1/bearing/wear";
  private final OpenIncidents open = new OpenIncidents();

  private static Page at(Page.Kind kind, long millis) {
    Page page = Pages.of(kind, Severity.WARNING);
    return new Page(
        page.id() + millis,
        page.dedupKey(),
        kind,
        page.subject(),
        page.severity(),
        List.of(),
        List.of(),
        millis,
        millis,
        page.title(),
        List.of(),
        page.late());
  }

  @Test
  void theNewestPageOfAnIncidentCountsInWhateverOrderTheyCome() {
    open.take(at(Page.Kind.PAGE, 20));
    open.take(at(Page.Kind.PAGE, 10));
    assertThat(open.all()).extracting(Page::createdMillis).containsExactly(20L);

    open.take(at(Page.Kind.RESOLVED, 30));
    open.take(at(Page.Kind.UPDATE, 25));
    assertThat(open.all()).as("an old page opens nothing again").isEmpty();

    open.take(at(Page.Kind.PAGE, 40));
    assertThat(open.all()).as("a new one does").hasSize(1);
  }

  @Test
  void whatTheJobClosedStaysClosedUntilItComesBack() {
    open.take(at(Page.Kind.PAGE, 10));
    assertThat(open.close("acme", ALERT, 20)).hasSize(1);
    assertThat(open.close("acme", ALERT, 20)).isEmpty();
    open.take(at(Page.Kind.PAGE, 15));
    assertThat(open.all()).isEmpty();
    open.take(at(Page.Kind.PAGE, 21));
    assertThat(open.close("acme", ALERT, 20)).as("about the occurrence before").isEmpty();
    assertThat(open.close("globex", ALERT, 30)).as("of another tenant").isEmpty();
    assertThat(open.all()).hasSize(1);
  }

  @Test
  void summariesAreNotRepeated() {
    open.take(at(Page.Kind.SUMMARY, 10));
    assertThat(open.all()).isEmpty();
  }
}
