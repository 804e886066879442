import { element } from "./dom.js";
import { dayText, onZone, timeText } from "./zone.js";
import { duration } from "./numbers.js";

// What part of the time is shown: by buttons, keys, or dragging in a chart; all charts of a group together.

/** Nothing shorter than this many seconds is shown. */
const SHORTEST = 1;

/**
 * A group of charts with one axis of time.
 *
 * @param {[number, number]} all first and last second
 */
export function zoomGroup(all) {
  let shown = [...all];
  let setting = false;
  const members = [];
  const range = element("span", { class: "range", role: "status" });

  function clamp(from, to) {
    const length = Math.min(all[1] - all[0], Math.max(SHORTEST, to - from));
    const start = Math.max(all[0], Math.min(all[1] - length, from));
    return [start, start + length];
  }

  function tell() {
    const [from, to] = shown;
    const text = to - from > 4 * 86400 ? dayText : (seconds) => timeText(Math.round(seconds / 60) * 60);
    range.textContent = `${text(from)} to ${text(to)} (${duration(to - from)})`;
  }

  function show(from, to) {
    shown = clamp(from, to);
    setting = true;
    members.forEach((member) => member.plot()?.setScale("x", { min: shown[0], max: shown[1] }));
    setting = false;
    tell();
  }

  const by = (factor) => {
    const middle = (shown[0] + shown[1]) / 2;
    const half = ((shown[1] - shown[0]) / 2) * factor;
    show(middle - half, middle + half);
  };
  const move = (share) => {
    const step = (shown[1] - shown[0]) * share;
    show(shown[0] + step, shown[1] + step);
  };
  const everything = () => show(...all);

  const actions = [
    ["−", "Zoom out", () => by(2)],
    ["+", "Zoom in", () => by(0.5)],
    ["◀", "Earlier", () => move(-0.5)],
    ["▶", "Later", () => move(0.5)],
  ];
  const buttons = actions.map(([sign, name, action]) =>
    element("button", { type: "button", title: name, "aria-label": name, on: { click: action } }, sign),
  );
  buttons.push(element("button", { type: "button", on: { click: everything } }, "All"));
  const bar = element("div", { class: "zoom", role: "group", "aria-label": "Time shown" }, buttons, range);

  const keys = {
    "+": () => by(0.5),
    "=": () => by(0.5),
    "-": () => by(2),
    ArrowLeft: () => move(-0.2),
    ArrowRight: () => move(0.2),
    Home: everything,
    0: everything,
  };

  function onKey(event) {
    const action = keys[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  }

  onZone(tell);
  tell();
  return {
    bar,
    show,
    shown: () => shown,
    /** Takes a chart into the group and gives it the keyboard. */
    add(member) {
      members.push(member);
      member.host.tabIndex = 0;
      member.host.setAttribute("aria-roledescription", "chart; plus and minus zoom, arrows move, Home shows all");
      member.host.setAttribute("role", "group");
      member.host.addEventListener("keydown", onKey);
    },
    /** Options that a chart of the group needs. */
    options: {
      scales: { x: { time: true, range: () => shown } },
      cursor: { drag: { x: true, y: false, setScale: false, dist: 5 } },
      hooks: {
        setSelect: [
          (plot) => {
            if (plot.select.width > 0 && !setting) {
              const from = plot.posToVal(plot.select.left, "x");
              const to = plot.posToVal(plot.select.left + plot.select.width, "x");
              plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              show(from, to);
            }
          },
        ],
        ready: [(plot) => plot.over.addEventListener("dblclick", everything)],
      },
    },
  };
}
