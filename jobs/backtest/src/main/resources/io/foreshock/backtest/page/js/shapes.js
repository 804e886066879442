import { colour } from "./palette.js";

// Strokes and bands on a chart's canvas, in the chart's own values.

/** Keeps what is drawn inside the axes. */
export function inside(plot, draw) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
}

/** A bar from one time to another around a row; heights are in CSS pixels. */
export function bar(plot, from, to, row, height, name) {
  const { ctx } = plot;
  const left = plot.valToPos(from, "x", true);
  const right = plot.valToPos(to, "x", true);
  const middle = plot.valToPos(row, "y", true);
  const tall = height * uPlot.pxRatio;
  ctx.fillStyle = colour(name);
  ctx.fillRect(left, middle - tall / 2, Math.max(uPlot.pxRatio, right - left), tall);
}

/** An upright line at a time. */
export function upright(plot, time, name, dash = []) {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(time, "x", true));
  ctx.save();
  ctx.strokeStyle = colour(name);
  ctx.lineWidth = 1.5 * uPlot.pxRatio;
  ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** An axis of named rows, the first on top. */
export function rowAxis(names, size, axis) {
  return axis({
    size,
    splits: () => names.map((_, row) => row),
    values: () => names,
    grid: { show: false },
    ticks: { show: false },
    gap: 8,
  });
}

/** A scale of rows, the first on top. */
export function rowScale(amount) {
  return { time: false, dir: -1, range: () => [-0.6, Math.max(0, amount - 1) + 0.6] };
}

/** A name, cut in its middle to what an axis has room for: names of a kind differ at their ends. */
export function cut(name, most) {
  const tail = Math.floor(most / 2);
  return name.length <= most ? name : `${name.slice(0, most - 1 - tail)}…${name.slice(-tail)}`;
}

/** Room left of the charts of a machine, in CSS pixels: the same for all, so that their times are in line. */
export function margin(plotWidth) {
  return plotWidth < 520 ? 114 : 172;
}
