import { decodeChannel } from "./decode.js";

// What the report holds: the fleet at once, a machine when its page is opened.

export const OUTCOMES = ["warned", "missed", "open"];
export const VERDICTS = ["true", "false", "open"];
export const SEVERITIES = ["watch", "warning", "critical"];

const read = (id) => JSON.parse(document.getElementById(id).textContent);

/** Columns of equal length to rows with those properties and their own position. */
function rows(columns) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, index) => {
    const row = { index };
    names.forEach((name) => {
      row[name] = columns[name][index];
    });
    return row;
  });
}

/** Everything about the fleet; times are seconds since 1970, machines are positions. */
export function readFleet() {
  const fleet = read("fleet");
  fleet.failures = rows(fleet.failures);
  fleet.alarms = rows(fleet.alarms);
  fleet.work = rows(fleet.work);
  if (fleet.versions) {
    fleet.versions.differences = rows(fleet.versions.differences);
  }
  fleet.failures.forEach((failure) => {
    failure.kind = `failure-${OUTCOMES[failure.outcome]}`;
  });
  fleet.alarms.forEach((alarm) => {
    alarm.kind = `alarm-${VERDICTS[alarm.verdict]}`;
  });
  fleet.work.forEach((work) => {
    work.action = work.kind;
    work.kind = "work";
  });
  fleet.events = [...fleet.work, ...fleet.failures, ...fleet.alarms];
  fleet.components = [...new Set(fleet.events.map((event) => event.component))].sort(byName);
  fleet.machines.forEach((machine, position) => {
    machine.position = position;
  });
  fleet.span = span(fleet);
  fleet.range = withRoom(fleet.span);
  return fleet;
}

/** Order of names that counts numbers as numbers. */
export const byName = new Intl.Collator("en", { numeric: true }).compare;

/** First and last second that anything is about. */
function span(fleet) {
  const times = [...fleet.events.map((event) => event.time), ...fleet.machines.flatMap((machine) => machine.watched)];
  return times.length ? ends(times) : [fleet.madeAt - 86400, fleet.madeAt];
}

/** Smallest and largest of some numbers; there may be too many of them for Math.min. */
export function ends(numbers) {
  return [
    numbers.reduce((least, one) => Math.min(least, one), Infinity),
    numbers.reduce((most, one) => Math.max(most, one), -Infinity),
  ];
}

/** A span with a little room at both ends, so that no mark lies on the edge. */
export function withRoom([from, to]) {
  const room = Math.max(1, (to - from) * 0.01);
  return [from - room, to + room];
}

/** From the first to the last time at which something was watched, said, or broke; null when never. */
export function core(machines, events) {
  const times = [
    ...machines.flatMap((machine) => machine.watched),
    ...events.filter((event) => event.kind !== "work").map((event) => event.time),
  ];
  return times.length ? withRoom(ends(times)) : null;
}

/** Channels, codes and evidence of a machine. */
export function readMachine(position) {
  const machine = read(`machine-${position}`);
  machine.channels.forEach((channel) => Object.assign(channel, { points: decodeChannel(channel) }));
  machine.codes = machine.codes.map(([name, severity, time]) => ({ name, severity, time }));
  for (const [alarm, signals] of Object.entries(machine.evidence)) {
    machine.evidence[alarm] = signals.map(([stage, kind, name, channel, time, value, words]) => ({
      stage,
      kind,
      name,
      channel,
      time,
      value,
      words,
    }));
  }
  return machine;
}
