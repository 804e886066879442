import { axis, chart } from "./chart.js";
import { element } from "./dom.js";
import { hint, nearest } from "./hint.js";
import { strokeImage } from "./leads.js";
import { KINDS, markImage, paint, SIGNS } from "./marks.js";
import { number, percent } from "./numbers.js";
import { colour } from "./palette.js";
import { inside } from "./shapes.js";

// What an alarm costs: false alarms against what is found, for each value of a swept parameter and for baselines.

const DASHES = [[], [7, 4], [2, 3]];
const isKnown = (value) => value !== null && value !== undefined;

/** Points of a measure: one line for each set of machines of a sweep, single points for other scores. */
function linesOf(fleet, sweep, measure) {
  const lines = [];
  const sets = [...new Set(sweep.points.map((point) => point.machines))];
  sets.forEach((machines, index) => {
    lines.push({
      name: machines ? `${machines} machines` : "all machines",
      colour: `data-${index + 1}`,
      width: 2,
      dash: DASHES[index % DASHES.length],
      mark: { ...SIGNS.signal, colour: `data-${index + 1}` },
      points: sweep.points
        .filter((point) => point.machines === machines && isKnown(point[measure]) && isKnown(point.falseAlarms))
        .map((point, at, all) => ({
          x: point.falseAlarms,
          y: point[measure],
          label: point.value,
          chosen: point.chosen,
          // Names on every point would hide the line.
          named: index === 0 && (point.chosen || at === 0 || at === all.length - 1),
        })),
    });
  });
  return [...lines, ...scoreLines(fleet, measure)];
}

/** Baselines and what was run, each as one point. */
function scoreLines(fleet, measure) {
  const marks = { all: KINDS["alarm-true"], baseline: KINDS["alarm-open"] };
  return fleet.scores
    .filter((line) => line.group in marks && isKnown(line[measure][0]) && isKnown(line.falseAlarms[0]))
    .map((line) => ({
      name: line.name,
      mark: marks[line.group],
      points: [
        { x: line.falseAlarms[0], y: line[measure][0], label: line.name, chosen: false, named: true, below: true },
      ],
    }));
}

/** A chart of one measure against false alarms. */
function against(lines, measure, { title, unit, form, top }) {
  const points = lines.flatMap((line) => line.points.map((point) => ({ ...point, line })));
  const most = (name, least) => Math.max(least, ...points.map((point) => point[name])) * 1.12;
  const yMost = top ?? most("y", 1);
  const position = (plot, point) => [plot.valToPos(point.x, "x"), plot.valToPos(point.y, "y")];

  function draw(plot) {
    inside(plot, (canvas) => {
      const at = (point) => [plot.valToPos(point.x, "x", true), plot.valToPos(point.y, "y", true)];
      for (const line of lines.filter(({ dash }) => dash)) {
        canvas.strokeStyle = colour(line.colour);
        canvas.lineWidth = line.width * uPlot.pxRatio;
        canvas.setLineDash(line.dash.map((length) => length * uPlot.pxRatio));
        canvas.beginPath();
        line.points.forEach((point) => canvas.lineTo(...at(point)));
        canvas.stroke();
      }
      canvas.setLineDash([]);
      canvas.font = `${12 * uPlot.pxRatio}px system-ui, sans-serif`;
      for (const point of points) {
        const [x, y] = at(point);
        paint(canvas, point.line.mark, x, y, (point.chosen ? 8 : 5.5) * uPlot.pxRatio);
        if (!point.named) {
          continue;
        }
        canvas.fillStyle = colour("ink");
        const right = x > plot.bbox.left + plot.bbox.width * 0.75;
        canvas.textAlign = right ? "right" : "left";
        const text = point.chosen ? `${point.label} (chosen)` : point.label;
        canvas.textBaseline = point.below ? "top" : "bottom";
        canvas.fillText(text, x + (right ? -8 : 8) * uPlot.pxRatio, y + (point.below ? 4 : -4) * uPlot.pxRatio);
      }
    });
  }

  const drawn = chart({
    label: `${title} against false alarms per machine-month; the table below holds the same figures`,
    height: () => 280,
    options: () => ({
      scales: {
        x: { time: false, range: () => [0, most("x", 0.01)] },
        y: { range: () => [0, yMost] },
      },
      axes: [
        axis({ label: "false alarms per machine-month", size: 44 }),
        axis({ values: (_, marks) => marks.map((mark) => form(mark)), size: 56 }),
      ],
      series: [{}, { show: false, scale: "y" }],
      cursor: { drag: { x: false, y: false }, x: false, y: false },
      plugins: [
        { hooks: { draw } },
        hint(
          (plot, x, y) => nearest(plot, points, x, y, 16, (point) => position(plot, point)),
          (point) => [
            point.label,
            point.line.name,
            `${title}: ${form(point.y)}${unit}`,
            `False alarms: ${number(point.x)} per machine-month`,
          ],
        ),
      ],
    }),
    data: () => [
      [0, 1],
      [null, null],
    ],
  });
  return element(
    "div",
    { class: "chart" },
    element("div", { class: "head" }, element("h3", {}, `${title} against false alarms`)),
    drawn.host,
  );
}

/** The charts of one sweep, or of the scores alone. */
export function tradeoff(fleet, sweep = { points: [] }) {
  const recall = linesOf(fleet, sweep, "recall");
  const lead = linesOf(fleet, sweep, "leadHours");
  const names = recall.length ? recall : lead;
  if (names.length === 0) {
    return element("p", { class: "empty" }, "Nothing was judged, so there is no trade-off to show.");
  }
  return element(
    "div",
    {},
    element(
      "ul",
      { class: "key" },
      names.map((line) => element("li", {}, line.dash ? strokeImage(line) : markImage(line.mark), line.name)),
    ),
    element(
      "div",
      { class: "pair" },
      against(recall, "recall", { title: "Recall", unit: "", form: percent, top: 1.08 }),
      against(lead, "leadHours", { title: "Median lead time", unit: " h", form: number }),
    ),
  );
}
