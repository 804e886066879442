import { axis, chart } from "./chart.js";
import { drawing, element } from "./dom.js";
import { colour } from "./palette.js";
import { percent } from "./numbers.js";

// How early failures were announced: the share of judged failures with at least so many hours of warning.

const MOST_LINES = 5;
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 2]];

/** The share of failures that were warned of at least that long before, at each length in hours. */
function shares(failures, hours) {
  const leads = failures.filter((failure) => failure.kind === "failure-warned").map(({ lead }) => lead / 3600);
  return hours.map((least) => leads.filter((lead) => lead >= least).length / failures.length);
}

/** The chart, or what stands in its place when no failure was judged. */
export function leadChart(fleet) {
  const judged = fleet.failures.filter((failure) => failure.kind !== "failure-open");
  if (judged.length === 0) {
    return element("p", { class: "empty" }, "No failure could be judged, so there is no lead time to show.");
  }
  const longest = Math.max(1, ...judged.map((failure) => failure.lead / 3600));
  const ends = [...new Set([0, ...judged.map((failure) => failure.lead / 3600), longest * 1.02])];
  // The share falls just after each lead time that was reached.
  const hours = [...new Set(ends.flatMap((end) => [end, end + longest * 1e-6]))].sort((a, b) => a - b);
  const components = fleet.components.filter((name) => judged.some((failure) => failure.component === name));
  const shown = components.length > 1 && components.length <= MOST_LINES ? components : [];
  const lines = [
    ["All components", judged],
    ...shown.map((name) => [name, judged.filter((failure) => failure.component === name)]),
  ].map(([name, failures], index) => ({
    name: `${name} (${failures.length})`,
    values: shares(failures, hours),
    colour: index === 0 ? "ink" : `data-${index}`,
    width: index === 0 ? 3 : 2,
    dash: DASHES[index],
  }));
  const readout = element("span", { class: "readout" });
  const drawn = chart({
    label: `Share of failures warned of at least so many hours before; ${percent(lines[0].values[0])} were warned of at all`,
    height: () => 260,
    options: () => ({
      scales: { x: { time: false, range: () => [0, longest * 1.02] }, y: { range: () => [0, 1.03] } },
      axes: [
        axis({ label: "hours before the failure", size: 44 }),
        axis({ values: (_, marks) => marks.map((mark) => `${Math.round(mark * 100)} %`), size: 56 }),
      ],
      series: [
        {},
        ...lines.map((line) => ({
          stroke: () => colour(line.colour),
          width: line.width,
          dash: line.dash,
          points: { show: false },
        })),
      ],
      cursor: { drag: { x: false, y: false }, y: false },
      hooks: { setCursor: [(plot) => tell(plot.cursor.idx)] },
    }),
    data: () => [hours, ...lines.map((line) => line.values)],
  });

  function tell(index) {
    readout.textContent =
      index === null || index === undefined || index < 0
        ? ""
        : `${hours[index].toFixed(1)} h or more: ${lines.map((line) => percent(line.values[index])).join(" · ")}`;
  }

  return element(
    "div",
    { class: "chart" },
    element("div", { class: "head" }, element("h3", {}, "Failures warned of at least so early"), readout),
    drawn.host,
    element(
      "ul",
      { class: "key" },
      lines.map((line) => element("li", {}, strokeImage(line), line.name)),
    ),
  );
}

/** A stroke as in the chart, beside text. */
export function strokeImage({ colour: name, width, dash }) {
  const line = drawing("line", {
    x1: 0,
    y1: 5,
    x2: 26,
    y2: 5,
    stroke: `var(--${name})`,
    "stroke-width": width,
    "stroke-dasharray": dash.join(" "),
  });
  return drawing("svg", { class: "stroke", viewBox: "0 0 26 10", "aria-hidden": "true" }, line);
}
