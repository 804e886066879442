import { drawing } from "./dom.js";
import { colour } from "./palette.js";

// What marks an event: shape, filling and colour, so that no colour has to be told apart.

const SQUARE = "M-.8-.8H.8V.8H-.8Z";
const CROSS = "M-.9-.5-.5-.9 0-.4 .5-.9 .9-.5 .4 0 .9.5 .5.9 0 .4-.5.9-.9.5-.4 0Z";
const UP = "M0-1 1 .8H-1Z";
const DOWN = "M0 1 1-.8H-1Z";
const BAR = "M-.25-1H.25V1H-.25Z";
const DOT = "M-.6 0A.6.6 0 1 0 .6 0 .6.6 0 1 0-.6 0Z";
const RHOMB = "M0-1 1 0 0 1-1 0Z";

/** Kinds of events in the order in which they are drawn: label, shape, colour, and hollow or not. */
export const KINDS = {
  work: { label: "Maintenance", shape: BAR, colour: "work" },
  "alarm-open": { label: "Detection, not judged", shape: UP, colour: "mute", hollow: true },
  "failure-open": { label: "Failure, not judged", shape: SQUARE, colour: "mute", hollow: true },
  "failure-warned": { label: "Failure, warned", shape: SQUARE, colour: "ink" },
  "alarm-false": { label: "False alarm", shape: DOWN, colour: "warn" },
  "alarm-true": { label: "True alarm", shape: UP, colour: "good" },
  "failure-missed": { label: "Failure, missed", shape: CROSS, colour: "bad" },
};

/** Marks of what is seen on one machine only. */
export const SIGNS = {
  signal: { shape: DOT, colour: "data-1" },
  symptom: { shape: BAR, colour: "data-2" },
  code: { shape: RHOMB, colour: "data-4" },
};

const paths = new Map();

/** Draws a mark on a canvas. */
export function paint(canvas, mark, x, y, radius) {
  if (!paths.has(mark.shape)) {
    paths.set(mark.shape, new Path2D(mark.shape));
  }
  canvas.save();
  canvas.translate(x, y);
  canvas.scale(radius, radius);
  canvas.lineWidth = 0.35;
  if (mark.hollow) {
    canvas.fillStyle = colour("paper");
    canvas.fill(paths.get(mark.shape));
    canvas.strokeStyle = colour(mark.colour);
  } else {
    canvas.fillStyle = colour(mark.colour);
    canvas.fill(paths.get(mark.shape));
    // A rim keeps marks apart that lie on each other.
    canvas.lineWidth = 0.2;
    canvas.strokeStyle = colour("paper");
  }
  canvas.stroke(paths.get(mark.shape));
  canvas.restore();
}

/** The same mark beside text. */
export function markImage(mark) {
  const path = drawing("path", {
    d: mark.shape,
    fill: mark.hollow ? "none" : `var(--${mark.colour})`,
    stroke: `var(--${mark.colour})`,
    "stroke-width": mark.hollow ? ".35" : "0",
  });
  return drawing("svg", { class: "mark", viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" }, path);
}
