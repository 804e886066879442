// Which zone times are shown in: the plant's, UTC, or that of this computer.

let chosen = "UTC";
const listeners = new Set();
const forms = new Map();

/** The zone if this browser knows it, else UTC. */
function known(name) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    return "UTC";
  }
}

export function zone() {
  return chosen;
}

export function chooseZone(name) {
  chosen = known(name);
  listeners.forEach((listener) => listener());
}

/** Calls the listener after each change. */
export function onZone(listener) {
  listeners.add(listener);
}

/** Ends all listeners: the page that they belong to is left. */
export function forgetZoneListeners() {
  listeners.clear();
}

/** Zones to choose from: value and label. */
export function zones(plant) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const names = [...new Set([known(plant), "UTC", known(here)])];
  return names.map((name) => {
    const roles = [];
    if (name === known(plant)) {
      roles.push("data");
    }
    if (name === known(here)) {
      roles.push("this computer");
    }
    return [name, roles.length ? `${name} (${roles.join(", ")})` : name];
  });
}

/** A date whose local fields are those of the zone: what the axes ask for. */
export function zonedDate(seconds) {
  return uPlot.tzDate(new Date(seconds * 1000), chosen);
}

/** Date and time, e.g. 2015-03-02 14:00. Seconds are shown where there are some. */
export function timeText(seconds) {
  return form(seconds % 60 === 0 ? "minute" : "second").format(new Date(seconds * 1000));
}

/** Date alone, e.g. 2015-03-02. */
export function dayText(seconds) {
  return form("day").format(new Date(seconds * 1000));
}

function form(precision) {
  const key = `${chosen} ${precision}`;
  if (!forms.has(key)) {
    const fields = { year: "numeric", month: "2-digit", day: "2-digit" };
    if (precision !== "day") {
      Object.assign(fields, { hour: "2-digit", minute: "2-digit" });
    }
    if (precision === "second") {
      fields.second = "2-digit";
    }
    // Swedish dates are those of ISO 8601.
    forms.set(key, new Intl.DateTimeFormat("sv-SE", { ...fields, timeZone: chosen }));
  }
  return forms.get(key);
}
