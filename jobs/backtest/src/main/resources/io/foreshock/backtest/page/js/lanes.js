import { axis, chart, timeAxis } from "./chart.js";
import { byName } from "./data.js";
import { hint, nearest } from "./hint.js";
import { KINDS, paint, SIGNS } from "./marks.js";
import { duration } from "./numbers.js";
import { bar, cut, inside, margin, rowAxis, rowScale } from "./shapes.js";
import { timeText } from "./zone.js";

// What happened on one machine, in rows: failures, alarms, maintenance, each stage of its patterns, fault codes.

const ROW = 24;
const REACH = 12;

/** Rows with their events, each event with its mark and its words. */
function rowsOf(events, details) {
  const rows = [];
  const add = (name, items) => items.length && rows.push({ name, items });
  const asItem = (event) => ({
    time: event.time,
    mark: KINDS[event.kind],
    lines: eventLines(event),
    to: event.failure,
  });
  const of = (kind) => events.filter((event) => event.kind.startsWith(kind)).map(asItem);
  add("Failures", of("failure"));
  add("Alarms", of("alarm"));
  add("Maintenance", of("work"));
  const stages = new Map();
  for (const alarm of events.filter((event) => event.kind.startsWith("alarm"))) {
    for (const signal of details.evidence[alarm.index] ?? []) {
      const name = `${alarm.pattern.replace(/ \d+$/, "")}: ${signal.stage}`;
      stages.set(name, [...(stages.get(name) ?? []), stageItem(alarm, signal)]);
    }
  }
  inOrder(stages).forEach(([name, items]) => add(name, items));
  for (const symptom of details.symptoms) {
    add(symptom.channel ? `${symptom.name}: ${symptom.channel}` : symptom.name, symptomItems(symptom));
  }
  const codes = new Map();
  for (const code of details.codes) {
    const item = {
      time: code.time,
      mark: SIGNS.code,
      lines: [`Fault code ${code.name}`, timeText(code.time), code.severity],
    };
    codes.set(code.name, [...(codes.get(code.name) ?? []), item]);
  }
  inOrder(codes).forEach(([name, items]) => add(`Code ${name}`, items));
  return rows;
}

const inOrder = (rows) => [...rows].sort(([a], [b]) => byName(a, b));

function stageItem(alarm, signal) {
  return {
    time: signal.time,
    until: alarm.time,
    mark: SIGNS.signal,
    lines: [
      `${signal.stage}: ${signal.name}`,
      signal.words,
      timeText(signal.time),
      `${duration(alarm.time - signal.time)} before the alarm of ${alarm.pattern}`,
    ],
  };
}

function symptomItems({ name, channel, spans }) {
  const items = [];
  for (let i = 0; i < spans.length; i += 2) {
    const until = spans[i + 1] ?? Infinity;
    const lines = [`Symptom ${name}`, channel, `from ${timeText(spans[i])}`];
    lines.push(until === Infinity ? "did not end" : `to ${timeText(until)}, ${duration(until - spans[i])}`);
    items.push({ time: spans[i], until, mark: SIGNS.symptom, lines });
  }
  return items;
}

function eventLines(event) {
  const lines = [
    KINDS[event.kind].label,
    event.component,
    timeText(event.time),
    event.pattern,
    event.action,
    event.note,
  ];
  if (event.kind === "alarm-true") {
    lines.push(`${duration(event.failure - event.time)} before the failure`);
  }
  if (event.kind === "failure-warned") {
    lines.push(`warned ${duration(event.lead)} before`);
  }
  return lines;
}

/** The chart of the rows; null when there is nothing to show. */
export function lanes(events, details, range, zoom) {
  const rows = rowsOf(events, details);
  if (rows.length === 0) {
    return null;
  }
  const width = () => margin(drawn.host.clientWidth);
  const drawn = chart({
    label:
      "Failures, alarms, maintenance, stages of patterns and fault codes over time; the tables below hold the same",
    height: () => rows.length * ROW + 58,
    options: () => ({
      ...zoom.options,
      scales: { ...zoom.options.scales, y: rowScale(rows.length) },
      axes: [
        timeAxis(),
        rowAxis(
          rows.map((row) => cut(row.name, width() < 172 ? 14 : 25)),
          width(),
          axis,
        ),
      ],
      series: [{}, { show: false, scale: "y" }],
      cursor: { ...zoom.options.cursor, sync: { key: "machine", scales: ["x", null] } },
      plugins: [{ hooks: { draw } }, hint(find, (item) => item.lines.filter((line) => line))],
    }),
    data: () => [range, [null, null]],
  });
  zoom.add(drawn);

  function draw(plot) {
    inside(plot, (canvas) => {
      rows.forEach(({ items }, row) => {
        items
          .filter(({ until }) => until)
          .forEach((item) => bar(plot, item.time, Math.min(item.until, range[1]), row, 8, "span"));
        items
          .filter(({ to, mark }) => to && mark === KINDS["alarm-true"])
          .forEach((item) => bar(plot, item.time, item.to, row, 3, "good"));
        for (const item of items) {
          const x = plot.valToPos(item.time, "x", true);
          paint(canvas, item.mark, x, plot.valToPos(row, "y", true), 6.5 * uPlot.pxRatio);
        }
      });
    });
  }

  function find(plot, left, top) {
    const row = Math.round(plot.posToVal(top, "y"));
    const items = rows[row]?.items ?? [];
    return nearest(plot, items, left, top, REACH, (item) => [plot.valToPos(item.time, "x"), plot.valToPos(row, "y")]);
  }

  return drawn.host;
}
