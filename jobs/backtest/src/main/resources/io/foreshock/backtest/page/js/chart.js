import { element } from "./dom.js";
import { colour, isPrinting, onPalette } from "./palette.js";
import { zonedDate } from "./zone.js";

// A chart of the library in the page's colours, as wide as its place, drawn again when paper or zone change.

const FONT = "12px system-ui, sans-serif";
/** Width of an A4 page between its margins, in CSS pixels. */
const PAPER_WIDTH = 680;

/** Form of the time axis by the distance of its ticks: year, month, day, hour, minute, second, and below. */
const TIMES = [
  [86400 * 365, "{YYYY}", null, null, null, null, null, null, 1],
  [86400 * 28, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [86400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [0.001, "{ss}.{fff}", "\n{D} {MMM} {YYYY} {HH}:{mm}", null, "\n{HH}:{mm}", null, "\n{HH}:{mm}", null, 1],
];

const charts = new Set();

/** An axis in the page's colours, with what is particular to it. */
export function axis(own = {}) {
  return {
    font: FONT,
    labelFont: FONT,
    labelSize: 18,
    stroke: () => colour("soft"),
    ticks: { stroke: () => colour("line"), width: 1, size: 5 },
    grid: { stroke: () => colour("grid"), width: 1 },
    ...own,
  };
}

/** The axis of time in the chosen zone. */
export function timeAxis() {
  return axis({ values: TIMES, space: 70 });
}

/**
 * A chart.
 *
 * @param {string} label what it shows, for those who do not see it
 * @param {() => number} height in CSS pixels
 * @param {() => object} options of the library, without size
 * @param {() => Array} data of the library
 * @returns {{host: HTMLElement, plot: () => uPlot | null, redraw: () => void}}
 */
export function chart({ label, height, options, data }) {
  const host = element("div", { class: "plot", role: "img", "aria-label": label });
  let plot = null;

  const width = () => (isPrinting() ? PAPER_WIDTH : host.clientWidth);

  function build() {
    const scale = plot ? { min: plot.scales.x.min, max: plot.scales.x.max } : null;
    plot?.destroy();
    plot = new uPlot(
      { tzDate: zonedDate, legend: { show: false }, ...options(), width: width(), height: height() },
      data(),
      host,
    );
    if (scale) {
      plot.setScale("x", scale);
    }
  }

  function fit() {
    if (!host.isConnected || width() === 0) {
      return;
    }
    if (!plot) {
      build();
    } else if (plot.width !== width() || plot.height !== height()) {
      plot.setSize({ width: width(), height: height() });
    }
  }

  const made = {
    host,
    fit,
    plot: () => plot,
    /** Draws again with data and options as they are now. */
    redraw() {
      if (plot) {
        build();
      } else {
        fit();
      }
    },
    repaint() {
      fit();
      plot?.redraw(false, true);
    },
    close() {
      sizes.disconnect();
      charts.delete(made);
      plot?.destroy();
      plot = null;
    },
  };
  const sizes = new ResizeObserver(fit);
  sizes.observe(host);
  charts.add(made);
  return made;
}

/** Draws the charts of a page that was just put in its place. */
export function fitCharts() {
  charts.forEach((one) => one.fit());
}

/** Ends all charts of a page that is left. */
export function closeCharts() {
  charts.forEach((one) => one.close());
}

onPalette(repaintCharts);

/** Draws all charts again, in the zone that is chosen now. */
export function repaintCharts() {
  charts.forEach((one) => one.repaint());
}
