import { element } from "./dom.js";
import { KINDS, markImage } from "./marks.js";
import { duration, number, percent } from "./numbers.js";
import { timeText } from "./zone.js";

// Columns that several tables share.

/** Address of a machine's page, at a time when one is given. */
export function machineAddress(machine, time) {
  const place = `#/machine/${encodeURIComponent(machine.id)}`;
  return time === undefined ? place : `${place}?at=${time}`;
}

/** The machine, linked to its page at the time of the row. */
export function machineColumn(fleet) {
  return {
    label: "Machine",
    value: (row) => fleet.machines[row.machine].id,
    cell: (row) => {
      const machine = fleet.machines[row.machine];
      return element("a", { href: machineAddress(machine, row.time) }, machine.id);
    },
  };
}

export function timeColumn(label = "Time") {
  return { label, value: (row) => row.time, cell: (row) => timeText(row.time), form: "time" };
}

/** The mark and the words of what came of it. */
export function verdictColumn() {
  return {
    label: "Verdict",
    value: (row) => KINDS[row.kind].label,
    cell: (row) => element("span", { class: "verdict" }, markImage(KINDS[row.kind]), KINDS[row.kind].label),
  };
}

/** A length of time in seconds; 0 is none. */
export function leadColumn(lead) {
  return {
    label: "Lead time",
    value: (row) => lead(row) || null,
    cell: (row) => (lead(row) ? duration(lead(row)) : "–"),
    form: "number",
  };
}

export function numberColumn(label, value) {
  return { label, value, cell: (row) => number(value(row)), form: "number" };
}

/** A figure with its interval below. */
export function figureColumn(label, name, form = number) {
  return {
    label,
    value: (row) => row[name][0],
    cell: (row) => [
      form(row[name][0]),
      row[name].length === 3
        ? [element("br"), element("span", { class: "interval" }, `${form(row[name][1])} to ${form(row[name][2])}`)]
        : null,
    ],
    form: "number",
  };
}

export const shareColumn = (label, name) => figureColumn(label, name, percent);
