import {
  figureColumn,
  leadColumn,
  machineAddress,
  machineColumn,
  numberColumn,
  shareColumn,
  timeColumn,
  verdictColumn,
} from "./cells.js";
import { SEVERITIES } from "./data.js";
import { element } from "./dom.js";
import { table } from "./table.js";

// The tables of the first page.

const MONTH_SECONDS = 730 * 3600;

/** Figures by component, by pattern and of the baselines. */
export function scoreTable(fleet) {
  const groups = ["all", "component", "pattern", "baseline"];
  const made = table({
    caption: "Groups",
    sort: [1, 1],
    empty: "No figures: nothing was judged.",
    columns: [
      { label: "Group", value: (row) => row.name },
      { label: "What", value: (row) => groups.indexOf(row.group), cell: (row) => row.group },
      numberColumn("Failures", (row) => row.failures),
      numberColumn("Warned", (row) => row.found),
      shareColumn("Recall", "recall"),
      numberColumn("Alarms", (row) => row.alarms),
      numberColumn("True", (row) => row.trueAlarms),
      shareColumn("Precision", "precision"),
      figureColumn("F1", "f1"),
      figureColumn("Lead (h)", "leadHours"),
      figureColumn("False / month", "falseAlarms"),
    ],
  });
  made.show(fleet.scores.map((line) => ({ ...line, total: line.group === "all" })));
  return made.host;
}

export function failureTable(fleet) {
  return table({
    caption: "Failures",
    sort: [3, 1],
    empty: "No failure passes the filters.",
    columns: [
      machineColumn(fleet),
      { label: "Component", value: (row) => row.component },
      verdictColumn(),
      timeColumn(),
      leadColumn((row) => row.lead),
      { label: "Note", value: (row) => row.note, form: "note" },
    ],
  });
}

export function alarmTable(fleet) {
  return table({
    caption: "Alarms",
    sort: [5, 1],
    empty: "No alarm passes the filters.",
    columns: [
      machineColumn(fleet),
      { label: "Component", value: (row) => row.component },
      { label: "Pattern", value: (row) => row.pattern },
      { label: "Severity", value: (row) => row.severity, cell: (row) => SEVERITIES[row.severity] },
      verdictColumn(),
      timeColumn(),
      leadColumn((row) => (row.kind === "alarm-true" ? row.failure - row.time : 0)),
    ],
  });
}

/** What happened on each machine, whatever the filters. */
export function machineTable(fleet) {
  const lines = fleet.machines.map((machine) => ({
    ...machine,
    seconds: machine.watched.reduce((sum, time, i) => sum + (i % 2 ? time : -time), 0),
    kinds: {},
  }));
  fleet.events.forEach((event) => {
    const { kinds } = lines[event.machine];
    kinds[event.kind] = (kinds[event.kind] ?? 0) + 1;
  });
  const of = (kind) => (row) => row.kinds[kind] ?? 0;
  const made = table({
    caption: "Machines",
    empty: "No machine passes the filters.",
    columns: [
      {
        label: "Machine",
        value: (row) => row.id,
        cell: (row) => element("a", { href: machineAddress(row) }, row.id),
      },
      ...(lines.some((line) => line.kind) ? [{ label: "Class", value: (row) => row.kind }] : []),
      numberColumn("Days watched", (row) => row.seconds / 86400),
      numberColumn("Failures", (row) => of("failure-warned")(row) + of("failure-missed")(row)),
      numberColumn("Missed", of("failure-missed")),
      numberColumn("True alarms", of("alarm-true")),
      numberColumn("False alarms", of("alarm-false")),
      numberColumn("False / month", (row) =>
        row.seconds ? of("alarm-false")(row) / (row.seconds / MONTH_SECONDS) : null,
      ),
      numberColumn("Maintenance", of("work")),
    ],
  });
  return {
    host: made.host,
    show: (machines) => made.show(machines.map((machine) => lines[machine.position])),
    /** How much a machine missed and cried wolf. */
    trouble: (machine) =>
      2 * of("failure-missed")(lines[machine.position]) + of("alarm-false")(lines[machine.position]),
  };
}

/** Alarms that two versions of the patterns do not share. */
export function versionTable(fleet) {
  const { first, second, differences } = fleet.versions;
  const made = table({
    caption: "Alarms that differ",
    sort: [2, 1],
    empty: "Both versions raise the same alarms.",
    columns: [
      machineColumn(fleet),
      { label: "Component", value: (row) => row.component },
      timeColumn(),
      { label: first, value: (row) => row.inFirst },
      { label: second, value: (row) => row.inSecond },
      { label: "Why", value: (row) => row.why, form: "note" },
    ],
  });
  return { host: made.host, show: () => made.show(differences) };
}

/** Each run of a sweep. */
export function sweepTable(sweep) {
  const made = table({
    caption: `Values of ${sweep.parameter}`,
    empty: "No value was run.",
    columns: [
      { label: "Value", value: (row) => row.value, cell: (row) => (row.chosen ? `${row.value} (chosen)` : row.value) },
      { label: "Machines", value: (row) => row.machines || "all" },
      shareColumn("Recall", "recall"),
      shareColumn("Precision", "precision"),
      figureColumn("Lead (h)", "leadHours"),
      figureColumn("False / month", "falseAlarms"),
    ],
  });
  const figures = ["recall", "precision", "leadHours", "falseAlarms"];
  made.show(
    sweep.points.map((point) => ({ ...point, ...Object.fromEntries(figures.map((name) => [name, [point[name]]])) })),
  );
  return made.host;
}
