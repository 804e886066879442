package io.foreshock.operators.alerts;

import io.foreshock.model.Notification;
import io.foreshock.operators.alerts.AlertRules.StormGroup;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The desk of a tenant: which messages go out. Key: the tenant.
 *
 * <p>Pages of assets below one that is down are held until it is back. The first page of a group
 * goes out at once; what follows within the storm's window becomes one summary. An update or end of
 * an alert goes out when its page did; a page that waits while its alert is resolved or
 * acknowledged does not go out. An alert has one page among those held, for everybody who would
 * have got one.
 *
 * <p>Timers are of processing time, at absolute times that are kept: people wait by the clock on
 * the wall. State per tenant: an open window per group, assets that are down, held pages, alerts
 * that people were paged for and that are open.
 *
 * <p>Metrics: {@code pages}, {@code summaries}, {@code pagesInSummaries}, {@code pagesHeld}.
 */
public final class TellPeopleFunction extends KeyedProcessFunction<String, Notice, AlertRecord> {
  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<String, StormWindow> STORMS =
      new MapStateDescriptor<>("storms", StringSerializer.INSTANCE, StormWindowSerializer.INSTANCE);

  /** Since when an asset is down; of one that is back, minus the time of release. */
  private static final MapStateDescriptor<String, Long> DOWN =
      new MapStateDescriptor<>("down-assets", StringSerializer.INSTANCE, LongSerializer.INSTANCE);

  private static final MapStateDescriptor<String, Notice> HELD =
      new MapStateDescriptor<>("held-pages", StringSerializer.INSTANCE, NoticeSerializer.INSTANCE);
  private static final MapStateDescriptor<String, Long> PAGED =
      new MapStateDescriptor<>("paged-alerts", StringSerializer.INSTANCE, LongSerializer.INSTANCE);

  private final AlertRules rules;

  private transient MapState<String, StormWindow> storms;
  private transient MapState<String, Long> down;
  private transient MapState<String, Notice> held;
  private transient MapState<String, Long> paged;
  private transient Counter pages;
  private transient Counter summaries;
  private transient Counter pagesInSummaries;
  private transient Counter pagesHeld;

  public TellPeopleFunction(AlertRules rules) {
    this.rules = rules;
  }

  @Override
  public void open(OpenContext context) {
    storms = getRuntimeContext().getMapState(STORMS);
    down = getRuntimeContext().getMapState(DOWN);
    held = getRuntimeContext().getMapState(HELD);
    paged = getRuntimeContext().getMapState(PAGED);
    pages = getRuntimeContext().getMetricGroup().counter("pages");
    summaries = getRuntimeContext().getMetricGroup().counter("summaries");
    pagesInSummaries = getRuntimeContext().getMetricGroup().counter("pagesInSummaries");
    pagesHeld = getRuntimeContext().getMetricGroup().counter("pagesHeld");
  }

  @Override
  public void processElement(Notice notice, Context context, Collector<AlertRecord> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    switch (notice.change()) {
      case DOWN -> down.put(notice.assetId(), now);
      case UP -> {
        long release = now + rules.releaseAfter().toMillis();
        down.put(notice.assetId(), -release);
        context.timerService().registerProcessingTimeTimer(release);
      }
      default -> {}
    }
    Notification message = notice.notification();
    if (message == null) {
      return;
    }
    if (message.kind() == Notification.Kind.PAGE) {
      if (isBelowDown(notice, false) || held.contains(message.alertId())) {
        hold(notice);
      } else {
        page(message, now, context, out);
      }
    } else {
      news(notice, message, out);
    }
  }

  /**
   * @param orBack whether an asset also counts that is back and not yet released
   */
  private boolean isBelowDown(Notice notice, boolean orBack) throws Exception {
    for (String ancestor : notice.ancestors()) {
      Long since = ancestor.equals(notice.assetId()) ? null : down.get(ancestor);
      if (since != null && (orBack || since >= 0)) {
        return true;
      }
    }
    return false;
  }

  /** Keeps the newest page of an alert, for those whom earlier ones would have reached, too. */
  private void hold(Notice notice) throws Exception {
    Notification page = notice.notification();
    Notice before = held.get(page.alertId());
    if (before != null) {
      page = page.to(StormWindow.join(before.notification().recipients(), page.recipients()));
    }
    held.put(
        page.alertId(),
        new Notice(notice.tenant(), notice.assetId(), notice.ancestors(), notice.change(), page));
    pagesHeld.inc();
  }

  private void page(Notification page, long now, Context context, Collector<AlertRecord> out)
      throws Exception {
    String group = group(page);
    StormWindow window = storms.get(group);
    if (window == null) {
      send(page, out);
      open(group, StormWindow.opened(now, rules.storm().window().toMillis()), context);
    } else {
      storms.put(group, window.with(page));
    }
  }

  private String group(Notification message) {
    return rules.storm().group() == StormGroup.SITE ? message.site() : "";
  }

  private void open(String group, StormWindow window, Context context) throws Exception {
    storms.put(group, window);
    context.timerService().registerProcessingTimeTimer(window.untilMillis());
  }

  private void send(Notification page, Collector<AlertRecord> out) throws Exception {
    paged.put(page.alertId(), page.createdAtMillis());
    pages.inc();
    out.collect(AlertRecord.of(page));
  }

  /** An update or the end of an alert. */
  private void news(Notice notice, Notification message, Collector<AlertRecord> out)
      throws Exception {
    boolean over = message.kind() == Notification.Kind.RESOLVED;
    if (over || notice.change() == Notice.Change.ACKNOWLEDGED) {
      held.remove(message.alertId());
      String group = group(message);
      StormWindow window = storms.get(group);
      if (window != null && window.pages() > 0) {
        storms.put(group, window.without(message.alertId()));
      }
    }
    if (paged.contains(message.alertId())) {
      out.collect(AlertRecord.of(message));
      if (over) {
        paged.remove(message.alertId());
      }
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AlertRecord> out)
      throws Exception {
    long now = Math.max(timestamp, context.timerService().currentProcessingTime());
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, StormWindow> entry : storms.entries()) {
      if (entry.getValue().untilMillis() <= now) {
        over.add(entry.getKey());
      }
    }
    for (String group : over) {
      close(group, storms.get(group), now, context, out);
    }
    release(now, context, out);
  }

  /** Ends a window; as long as pages come, the next one is longer. */
  private void close(
      String group,
      StormWindow window,
      long now,
      OnTimerContext context,
      Collector<AlertRecord> out)
      throws Exception {
    if (window.pages() == 0) {
      storms.remove(group);
      return;
    }
    if (window.pages() == 1) {
      send(window.first(), out);
    } else {
      summaries.inc();
      pagesInSummaries.inc(window.pages());
      out.collect(AlertRecord.of(window.summary(context.getCurrentKey(), group, now)));
    }
    long length = Math.min(2 * window.lengthMillis(), rules.storm().longestWindow().toMillis());
    open(group, StormWindow.opened(now, length), context);
  }

  /** Sends held pages of assets above which nothing was down for as long as is waited for. */
  private void release(long now, Context context, Collector<AlertRecord> out) throws Exception {
    for (Iterator<Map.Entry<String, Long>> all = down.iterator(); all.hasNext(); ) {
      long since = all.next().getValue();
      if (since < 0 && -since <= now) {
        all.remove();
      }
    }
    List<Notification> released = new ArrayList<>();
    for (Iterator<Map.Entry<String, Notice>> all = held.iterator(); all.hasNext(); ) {
      Notice notice = all.next().getValue();
      if (!isBelowDown(notice, true)) {
        released.add(notice.notification());
        all.remove();
      }
    }
    for (Notification page : released) {
      page(page, now, context, out);
    }
  }
}
