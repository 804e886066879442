import { closeCharts, fitCharts, repaintCharts } from "./chart.js";
import { readFleet } from "./data.js";
import { append, element } from "./dom.js";
import { fleetPage, section } from "./fleet-page.js";
import { machinePage } from "./machine-page.js";
import { count } from "./numbers.js";
import { chooseZone, dayText, forgetZoneListeners, onZone, timeText, zone, zones } from "./zone.js";

// Reads the report, then shows the page that the address names: #/ the fleet, #/machine/<name> one machine.

const fleet = readFleet();
const main = document.getElementById("main");
const position = new Map(fleet.machines.map((machine) => [machine.id, machine]));

function head() {
  const select = element(
    "select",
    { on: { change: () => chooseZone(select.value) } },
    zones(fleet.zone).map(([name, label]) => element("option", { value: name }, label)),
  );
  select.value = zone();
  const lede = element("p", { class: "lede" });
  const made = document.getElementById("made");
  const tell = () => {
    const [from, to] = fleet.span;
    lede.textContent = `${dayText(from)} to ${dayText(to)} · ${count(fleet.machines.length, "machine", "machines")} · times in ${zone()}`;
    made.textContent = `Made by foreshock backtest on ${timeText(fleet.madeAt)} (${zone()}).`;
  };
  append(document.getElementById("top"), [
    element("div", {}, element("p", { class: "over" }, "Backtest"), element("h1", {}, fleet.title), lede),
    element("div", { class: "filters screen" }, element("label", {}, "Time zone", select)),
  ]);
  tell();
  return tell;
}

function pageOf(hash) {
  const [path, query = ""] = hash.slice(1).split("?");
  const parameters = new URLSearchParams(query);
  if (path === "/" || path === "") {
    return fleetPage(fleet, parameters);
  }
  const name = path.startsWith("/machine/") ? decode(path.slice("/machine/".length)) : null;
  if (position.has(name)) {
    return machinePage(fleet, position.get(name), parameters);
  }
  const back = element("p", {}, element("a", { href: "#/" }, "← Fleet"));
  const text = element("p", { class: "empty" }, `There is no machine "${name ?? path}" in this report.`);
  return { title: "Not found", nodes: [section("Not found", null, text, back)], shown: () => {} };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

chooseZone(fleet.zone);
const headline = head();

function show(moved) {
  // The skip link moves the focus, not the page.
  if (location.hash !== "" && !location.hash.startsWith("#/")) {
    return;
  }
  closeCharts();
  forgetZoneListeners();
  onZone(headline);
  onZone(repaintCharts);
  const page = pageOf(location.hash);
  document.title = `${page.title} · ${fleet.title}`;
  const heading = page.title === "Fleet" ? null : element("h2", { class: "subject" }, page.title);
  main.replaceChildren();
  append(main, [heading, page.nodes]);
  page.shown();
  fitCharts();
  if (moved) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

addEventListener("hashchange", () => show(true));
show(false);
// After the first frame the page answers.
requestAnimationFrame(() =>
  setTimeout(() => {
    document.documentElement.dataset.ready = Math.round(performance.now()).toString();
  }),
);
