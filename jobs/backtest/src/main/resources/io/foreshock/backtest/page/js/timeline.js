import { axis, chart, timeAxis } from "./chart.js";
import { core } from "./data.js";
import { element } from "./dom.js";
import { hint, nearest } from "./hint.js";
import { KINDS, paint } from "./marks.js";
import { count, duration } from "./numbers.js";
import { bar, cut, inside, rowAxis, rowScale } from "./shapes.js";
import { timeText } from "./zone.js";
import { zoomGroup } from "./zoom.js";

// The fleet over time: a row for each machine, with failures, alarms and maintenance.

const ROW = 20;
const REACH = 12;

/** The drawing order of kinds: what matters most comes last. */
const RANK = Object.fromEntries(Object.keys(KINDS).map((kind, rank) => [kind, rank]));

/**
 * The timeline.
 *
 * @param {(event: object) => void} open what a click on an event does
 */
export function timeline(fleet, open) {
  let machines = [];
  let events = [];
  let rowOf = new Map();
  const zoom = zoomGroup(fleet.range);
  // Maintenance may go back years before anything else.
  zoom.show(...(core(fleet.machines, fleet.events) ?? fleet.range));
  const narrow = () => drawn.host.clientWidth < 520;

  const drawn = chart({
    label: "Failures, alarms and maintenance of each machine over time; the tables below hold the same",
    height: () => Math.max(1, machines.length) * ROW + 64,
    options: () => ({
      ...zoom.options,
      scales: { ...zoom.options.scales, y: rowScale(machines.length) },
      axes: [timeAxis(), rowAxis(names(), narrow() ? 84 : 128, axis)],
      series: [{}, { show: false, scale: "y" }],
      plugins: [{ hooks: { drawAxes: bands, draw: marks } }, hint(find, tell, open)],
    }),
    data: () => [fleet.range, [null, null]],
  });
  zoom.add(drawn);

  const names = () => machines.map((machine) => cut(machine.id, narrow() ? 10 : 16));

  function bands(plot) {
    inside(plot, () => {
      machines.forEach((machine, row) => {
        for (let i = 0; i < machine.watched.length; i += 2) {
          bar(plot, machine.watched[i], machine.watched[i + 1], row, ROW - 6, "band");
        }
      });
    });
  }

  function marks(plot) {
    inside(plot, (canvas) => {
      events
        .filter((event) => event.kind === "alarm-true")
        .forEach((event) => bar(plot, event.time, event.failure, rowOf.get(event.machine), 3, "good"));
      for (const event of events) {
        const x = plot.valToPos(event.time, "x", true);
        const y = plot.valToPos(rowOf.get(event.machine), "y", true);
        paint(canvas, KINDS[event.kind], x, y, (event.kind === "work" ? 5.5 : 6) * uPlot.pxRatio);
      }
    });
  }

  function find(plot, left, top) {
    const row = Math.round(plot.posToVal(top, "y"));
    const machine = machines[row]?.position;
    const near = events.filter((event) => event.machine === machine).reverse();
    return nearest(plot, near, left, top, REACH, (event) => [plot.valToPos(event.time, "x"), plot.valToPos(row, "y")]);
  }

  function tell(event) {
    const lines = [KINDS[event.kind].label, `${fleet.machines[event.machine].id}, ${event.component}`];
    lines.push(timeText(event.time));
    if (event.pattern) {
      lines.push(event.pattern);
    }
    if (event.kind === "alarm-true") {
      lines.push(`${duration(event.failure - event.time)} before the failure`);
    }
    if (event.kind === "failure-warned") {
      lines.push(`warned ${duration(event.lead)} before`);
    }
    if (event.note || event.action) {
      lines.push(event.note || event.action);
    }
    return lines;
  }

  const empty = element("p", { class: "empty", hidden: true }, "No machine has that in its name.");
  const amount = element("p", { class: "soft", role: "status" });
  return {
    host: element("div", {}, amount, zoom.bar, empty, drawn.host),
    zoom,
    /** Shows these machines, in this order, and these of their events. */
    show(nextMachines, nextEvents) {
      machines = nextMachines;
      rowOf = new Map(machines.map((machine, row) => [machine.position, row]));
      events = nextEvents.filter((event) => rowOf.has(event.machine));
      events.sort((a, b) => RANK[a.kind] - RANK[b.kind]);
      empty.hidden = machines.length > 0;
      drawn.host.hidden = machines.length === 0;
      amount.textContent = `${count(events.length, "event", "events")} of ${count(machines.length, "machine", "machines")}.`;
      drawn.redraw();
    },
  };
}
