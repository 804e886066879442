import { element } from "./dom.js";
import { count, number, percent } from "./numbers.js";

// The four figures that a reader came for, each with its interval and with the baseline beside it.

/** A list of tiles of the first line of figures of everything. */
export function tiles(fleet) {
  const all = fleet.scores.find((line) => line.group === "all");
  if (!all) {
    return null;
  }
  const baselines = fleet.scores.filter((line) => line.group === "baseline");
  const missed = all.failures - all.found;
  const wrong = all.alarms - all.trueAlarms;
  const hours = (value) => `${number(value)} h`;
  return element(
    "ul",
    { class: "tiles", "aria-label": "Results" },
    tile(
      "Failures warned of",
      [all.found.toLocaleString("en"), ` of ${all.failures.toLocaleString("en")}`],
      [
        `recall ${withInterval(all.recall, percent)}`,
        all.failures ? `${count(missed, "failure", "failures")} missed` : "no failure was judged",
        beside(baselines, "recall", percent),
      ],
    ),
    tile(
      "Alarms that were right",
      [all.trueAlarms.toLocaleString("en"), ` of ${all.alarms.toLocaleString("en")}`],
      [
        `precision ${withInterval(all.precision, percent)}`,
        all.alarms ? `${count(wrong, "false alarm", "false alarms")}` : "no alarm was judged",
        beside(baselines, "precision", percent),
      ],
    ),
    tile(
      "Lead time, median",
      [number(all.leadHours[0]), " h"],
      [interval(all.leadHours, hours), "first alarm to failure", beside(baselines, "leadHours", hours)],
    ),
    tile(
      "False alarms",
      [number(all.falseAlarms[0]), ""],
      ["per machine-month", interval(all.falseAlarms, number), beside(baselines, "falseAlarms", number)],
    ),
  );
}

/** Both ends of an interval; empty when there is none. */
export function interval(figure, form) {
  return figure.length === 3 ? `95 % interval ${form(figure[1])} to ${form(figure[2])}` : "";
}

function withInterval(figure, form) {
  return figure.length === 3 ? `${form(figure[0])} (${form(figure[1])} to ${form(figure[2])})` : form(figure[0]);
}

/** The same figure of each baseline. */
function beside(baselines, name, form) {
  return baselines.map((line) => `${line.name}: ${form(line[name][0])}`);
}

function tile(name, [value, unit], lines) {
  return element(
    "li",
    { class: "tile" },
    element("span", { class: "name" }, name),
    element("span", { class: "value" }, value, element("small", {}, unit)),
    lines
      .flat()
      .filter((line) => line)
      .map((line) => element("span", { class: "more" }, line)),
  );
}
