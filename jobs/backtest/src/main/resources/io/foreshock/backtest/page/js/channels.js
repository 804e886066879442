import { axis, chart, timeAxis } from "./chart.js";
import { element } from "./dom.js";
import { KINDS, paint, SIGNS } from "./marks.js";
import { count, number } from "./numbers.js";
import { colour } from "./palette.js";
import { inside, margin, upright } from "./shapes.js";
import { timeText } from "./zone.js";

// The channels of one machine, one chart below the other, with the alarms and failures across all of them.

const HEIGHT = 150;
const LINES = { "failure-missed": [], "failure-warned": [], "alarm-true": [4, 3], "alarm-false": [2, 3] };

/** One chart for each channel. */
export function channelCharts(events, details, zoom) {
  const across = events.filter((event) => event.kind in LINES);
  return details.channels.map((channel, index) => channelChart(channel, index, across, details, zoom));
}

function channelChart(channel, index, across, details, zoom) {
  const { times, values } = channel.points;
  const unit = channel.unit ? ` ${channel.unit}` : "";
  const seen = Object.values(details.evidence)
    .flat()
    .filter((signal) => signal.channel === channel.name && signal.value !== null);
  const readout = element("span", { class: "readout" });
  const line = `data-${(index % 6) + 1}`;
  const drawn = chart({
    label: `${channel.name}${unit ? ` in${unit}` : ""} over time, from ${number(channel.low, 4)} to ${number(channel.high, 4)}`,
    height: () => HEIGHT,
    options: () => ({
      ...zoom.options,
      scales: { ...zoom.options.scales, y: {} },
      axes: [
        timeAxis(),
        axis({
          size: margin(drawn.host.clientWidth),
          values: (_, marks) => marks.map((mark) => number(mark, 4)),
          space: 28,
        }),
      ],
      series: [{}, { stroke: () => colour(line), width: 1.25, points: { size: 4 }, spanGaps: false }],
      cursor: { ...zoom.options.cursor, sync: { key: "machine", scales: ["x", null] } },
      hooks: { ...zoom.options.hooks, setCursor: [tell], drawAxes: [lines], draw: [dots] },
    }),
    data: () => [times, values],
  });
  zoom.add(drawn);

  function tell(plot) {
    const at = plot.cursor.idx;
    const value = at === null || at === undefined || plot.cursor.left < 0 ? null : values[at];
    readout.textContent =
      value === null || value === undefined ? "" : `${number(value, 4)}${unit} at ${timeText(Math.round(times[at]))}`;
  }

  function lines(plot) {
    inside(plot, () =>
      across.forEach((event) => upright(plot, event.time, KINDS[event.kind].colour, LINES[event.kind])),
    );
  }

  function dots(plot) {
    inside(plot, (canvas) => {
      for (const signal of seen) {
        const x = plot.valToPos(signal.time, "x", true);
        paint(canvas, { ...SIGNS.signal, colour: "ink" }, x, plot.valToPos(signal.value, "y", true), 6 * uPlot.pxRatio);
      }
    });
  }

  const amount = count(channel.readings, "reading", "readings");
  return element(
    "div",
    { class: "chart" },
    element(
      "div",
      { class: "head" },
      element("h3", {}, `${channel.name}${channel.unit ? ` (${channel.unit})` : ""}`),
      readout,
      element(
        "span",
        { class: "soft" },
        channel.thinned ? `${amount}, drawn by smallest and largest of each stretch` : amount,
      ),
    ),
    drawn.host,
  );
}
