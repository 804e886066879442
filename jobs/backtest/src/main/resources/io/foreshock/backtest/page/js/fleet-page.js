import { machineAddress } from "./cells.js";
import { byName } from "./data.js";
import { element } from "./dom.js";
import { alarmTable, failureTable, machineTable, scoreTable, sweepTable, versionTable } from "./fleet-tables.js";
import { filterBar, passes, passesMachine, readFilters, writeFilters } from "./filters.js";
import { leadChart } from "./leads.js";
import { count } from "./numbers.js";
import { tiles } from "./tiles.js";
import { timeline } from "./timeline.js";
import { tradeoff } from "./tradeoff.js";
import { onZone } from "./zone.js";

// The first page: figures, timeline, trade-offs and tables of the fleet.

/** Shows the page; what the reader filters by is kept in the address. */
export function fleetPage(fleet, query) {
  const filters = readFilters(fleet, query);
  const over = timeline(fleet, (event) => {
    location.hash = machineAddress(fleet.machines[event.machine], event.time);
  });
  const failures = failureTable(fleet);
  const alarms = alarmTable(fleet);
  const machines = machineTable(fleet);
  const versions = fleet.versions ? versionTable(fleet) : null;

  function show() {
    const shown = fleet.machines.filter((machine) => passesMachine(filters, machine));
    shown.sort((a, b) => byName(a.id, b.id));
    if (filters.order === "worst") {
      shown.sort((a, b) => machines.trouble(b) - machines.trouble(a));
    }
    const events = fleet.events.filter((event) => passes(filters, fleet, event));
    over.show(shown, events);
    failures.show(events.filter((event) => event.kind.startsWith("failure")));
    alarms.show(events.filter((event) => event.kind.startsWith("alarm")));
    machines.show(shown);
    versions?.show();
  }

  function changed() {
    history.replaceState(null, "", `#/?${writeFilters(filters)}`);
    show();
  }

  onZone(show);
  return {
    title: "Fleet",
    nodes: [
      tiles(fleet),
      section(
        "Timeline",
        "Drag in the chart to look closer, double-click to see all. A bar leads from a true alarm to its failure;" +
          " a shaded row was watched. Click a mark to open its machine.",
        filterBar(fleet, filters, changed),
        over.host,
      ),
      section("Lead time and trade-offs", null, element("div", { class: "pair" }, leadChart(fleet)), trades(fleet)),
      section(
        "Figures",
        "Small figures are intervals of 95 %. Lead is the median time from the first alarm to the failure;" +
          " false alarms are counted per machine-month.",
        scoreTable(fleet),
      ),
      fleet.ownFigures
        ? section(
            "Figures of the data set's own protocol",
            null,
            element(
              "div",
              { class: "table", role: "region", "aria-label": "Own figures", tabindex: "0" },
              element("pre", {}, fleet.ownFigures),
            ),
          )
        : null,
      versions
        ? section(
            "Two versions",
            `${fleet.versions.first} beside ${fleet.versions.second}: ${count(fleet.versions.same, "alarm is", "alarms are")} the same.`,
            versions.host,
          )
        : null,
      section("Failures", null, failures.host),
      section("Alarms", null, alarms.host),
      section("Machines", null, machines.host),
      conditions(fleet),
    ],
    shown: show,
  };
}

function trades(fleet) {
  return fleet.sweeps.length === 0
    ? tradeoff(fleet)
    : fleet.sweeps.map((sweep) => [
        element("h3", {}, `Sweep of ${sweep.parameter}`),
        tradeoff(fleet, sweep),
        sweepTable(sweep),
      ]);
}

function conditions(fleet) {
  const list = (lines) =>
    element(
      "ul",
      {},
      lines.map((line) => element("li", {}, line)),
    );
  return section(
    "Conditions",
    null,
    element("h3", {}, "Data"),
    list(fleet.source),
    element("h3", {}, "Rules"),
    list(fleet.notes),
    element("h3", {}, "Patterns"),
    fleet.patterns.length ? list(fleet.patterns) : element("p", { class: "empty" }, "No pattern was run."),
  );
}

/** A part of a page with its title. */
export function section(title, lede, ...children) {
  return element(
    "section",
    {},
    element("h2", {}, title),
    lede ? element("p", { class: "soft" }, lede) : null,
    children,
  );
}
