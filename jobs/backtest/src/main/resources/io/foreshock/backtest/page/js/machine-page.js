import { leadColumn, machineAddress, timeColumn, verdictColumn } from "./cells.js";
import { channelCharts } from "./channels.js";
import { core, ends, readMachine, withRoom } from "./data.js";
import { element } from "./dom.js";
import { section } from "./fleet-page.js";
import { lanes } from "./lanes.js";
import { KINDS, markImage, SIGNS } from "./marks.js";
import { count, duration } from "./numbers.js";
import { table } from "./table.js";
import { dayText, onZone } from "./zone.js";
import { zoomGroup } from "./zoom.js";

// The page of one machine: everything that was measured, seen and said about it on one axis of time.

/** How much is shown around a moment that a link points at. */
const AROUND = 5 * 86400;

/** Shows the page of a machine; `at` in the query is the moment to look at. */
export function machinePage(fleet, machine, query) {
  const details = readMachine(machine.position);
  const events = fleet.events.filter((event) => event.machine === machine.position);
  const range = rangeOf(fleet, machine, events, details);
  const zoom = zoomGroup(range);
  const above = lanes(events, details, range, zoom);
  const charts = channelCharts(events, details, zoom);
  const seen = evidenceTable(details, events, zoom);
  const story = storyTable(zoom);
  const show = () => {
    story.show(events);
    seen.show();
  };
  onZone(show);
  return {
    title: machine.id,
    nodes: [
      crumbs(fleet, machine),
      facts(machine, events),
      section(
        "On one axis of time",
        "Drag to look closer, double-click to see all. Upright lines are alarms (dashed) and failures.",
        zoom.bar,
        signKey(events, details),
        above ?? element("p", { class: "empty" }, "Nothing happened on this machine, and nothing was said about it."),
        charts.length ? charts : element("p", { class: "empty" }, "No channel of this machine was recorded."),
      ),
      section("Events", null, story.host),
      section("What the alarms saw", "The signals that each stage of a pattern took.", seen.host),
    ],
    shown() {
      show();
      const at = Number.parseFloat(query.get("at"));
      const first = Number.isFinite(at) ? [at - AROUND, at + AROUND] : core([machine], events);
      zoom.show(...(first ?? range));
    },
  };
}

/** From the first to the last of anything about the machine. */
function rangeOf(fleet, machine, events, details) {
  const times = [
    ...machine.watched,
    ...events.map((event) => event.time),
    ...details.codes.map((code) => code.time),
    ...details.channels.flatMap(({ points }) => [points.times[0], points.times.at(-1)]),
  ];
  return times.length ? withRoom(ends(times)) : fleet.range;
}

function crumbs(fleet, machine) {
  const before = fleet.machines[machine.position - 1];
  const after = fleet.machines[machine.position + 1];
  return element(
    "nav",
    { class: "crumbs", "aria-label": "Machines" },
    element("a", { href: "#/" }, "← Fleet"),
    before ? element("a", { href: machineAddress(before) }, `Previous: ${before.id}`) : null,
    after ? element("a", { class: "next", href: machineAddress(after) }, `Next: ${after.id}`) : null,
  );
}

function facts(machine, events) {
  const of = (kind) => events.filter((event) => event.kind === kind).length;
  const watched = machine.watched.reduce((sum, time, i) => sum + (i % 2 ? time : -time), 0);
  const lines = [
    ["Class", machine.kind || null],
    [
      "Watched",
      watched
        ? `${duration(watched)} from ${dayText(machine.watched[0])} to ${dayText(machine.watched.at(-1))}`
        : "never",
    ],
    ["Failures", `${of("failure-warned")} warned, ${of("failure-missed")} missed`],
    ["Alarms", `${of("alarm-true")} true, ${of("alarm-false")} false`],
    ["Maintenance", count(of("work"), "time", "times")],
  ];
  return element(
    "dl",
    { class: "facts" },
    lines
      .filter(([, value]) => value)
      .map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}

function signKey(events, details) {
  const kinds = Object.entries(KINDS).filter(([kind]) => events.some((event) => event.kind === kind));
  const signs = [];
  if (Object.keys(details.evidence).length) {
    signs.push(["Signal that a stage took; the bar leads to its alarm", SIGNS.signal]);
  }
  if (details.symptoms.length) {
    signs.push(["Symptom begins; the bar leads to its end", SIGNS.symptom]);
  }
  if (details.codes.length) {
    signs.push(["Fault code", SIGNS.code]);
  }
  const all = [...kinds.reverse().map(([, mark]) => [mark.label, mark]), ...signs];
  return element(
    "ul",
    { class: "key" },
    all.map(([name, mark]) => element("li", {}, markImage(mark), name)),
  );
}

/** A button that shows the time of a row in the charts above. */
function lookColumn(zoom) {
  return {
    label: "Look",
    fixed: true,
    value: () => null,
    cell: (row) => {
      const look = () => {
        zoom.show(
          Math.min(row.first ?? row.time, row.time) - AROUND / 5,
          Math.max(row.failure || 0, row.time) + AROUND / 5,
        );
        zoom.bar.scrollIntoView({ block: "start" });
      };
      return element("button", { type: "button", class: "screen", on: { click: look } }, "Show");
    },
  };
}

function storyTable(zoom) {
  return table({
    caption: "Events",
    sort: [0, 1],
    empty: "Nothing happened on this machine, and nothing was said about it.",
    columns: [
      timeColumn(),
      verdictColumn(),
      { label: "Component", value: (row) => row.component },
      { label: "What", value: (row) => row.pattern ?? row.action ?? row.note },
      leadColumn((row) => (row.kind === "alarm-true" ? row.failure - row.time : row.lead)),
      lookColumn(zoom),
    ],
  });
}

function evidenceTable(details, events, zoom) {
  const rows = events
    .filter((event) => event.pattern)
    .flatMap((alarm) =>
      (details.evidence[alarm.index] ?? []).map((signal) => ({ ...signal, alarm, failure: alarm.time })),
    );
  const made = table({
    caption: "Signals",
    sort: [3, 1],
    empty: "No alarm of this machine has evidence to show.",
    columns: [
      { label: "Pattern", value: (row) => row.alarm.pattern },
      { label: "Stage", value: (row) => row.stage },
      { label: "Signal", value: (row) => `${row.name} (${row.kind})` },
      timeColumn(),
      { label: "Channel", value: (row) => row.channel },
      { label: "Value and limit", value: (row) => row.words },
      lookColumn(zoom),
    ],
  });
  return { host: made.host, show: () => made.show(rows) };
}
