import { element } from "./dom.js";
import { KINDS, markImage } from "./marks.js";

// What is shown of the fleet: component, machine, kinds of events. The choice stands in the address.

/** Kinds that are hidden at first when there are more than so many of them: they would hide the rest. */
const TOO_MANY = 300;

/** What the reader chose, from the address and the data. */
export function readFilters(fleet, query) {
  const counts = countKinds(fleet.events);
  const crowd = counts["alarm-open"] > TOO_MANY ? "alarm-open" : "";
  const hidden = (query.has("hide") ? query.get("hide") : crowd).split(",").filter((kind) => kind in KINDS);
  return {
    component: query.get("component") ?? "",
    machine: query.get("machine") ?? "",
    order: query.get("order") === "worst" ? "worst" : "name",
    hidden: new Set(hidden),
  };
}

/** The choice as it stands in the address. */
export function writeFilters(filters) {
  const query = new URLSearchParams();
  ["component", "machine"].filter((name) => filters[name]).forEach((name) => query.set(name, filters[name]));
  if (filters.order !== "name") {
    query.set("order", filters.order);
  }
  query.set("hide", [...filters.hidden].join(","));
  return query.toString();
}

/** True when an event is shown. */
export function passes(filters, fleet, event) {
  return (
    !filters.hidden.has(event.kind) &&
    (!filters.component || event.component === filters.component) &&
    passesMachine(filters, fleet.machines[event.machine])
  );
}

/** True when a machine is shown: its name or class holds what was typed. */
export function passesMachine(filters, machine) {
  const wanted = filters.machine.trim().toLowerCase();
  return !wanted || `${machine.id}\n${machine.kind}`.toLowerCase().includes(wanted);
}

function countKinds(events) {
  const counts = {};
  events.forEach((event) => {
    counts[event.kind] = (counts[event.kind] ?? 0) + 1;
  });
  return counts;
}

/** Controls that change the choice and then call back. */
export function filterBar(fleet, filters, changed) {
  const set = (change) => {
    change();
    changed();
  };
  const component = element(
    "select",
    { on: { change: () => set(() => (filters.component = component.value)) } },
    element("option", { value: "" }, "All components"),
    fleet.components.map((name) => element("option", { value: name }, name)),
  );
  component.value = filters.component;
  const machine = element("input", {
    type: "search",
    list: "machine-names",
    placeholder: "part of a name",
    value: filters.machine,
    on: { input: () => set(() => (filters.machine = machine.value)) },
  });
  const names = element(
    "datalist",
    { id: "machine-names" },
    fleet.machines.map(({ id }) => element("option", { value: id })),
  );
  const order = element(
    "select",
    { on: { change: () => set(() => (filters.order = order.value)) } },
    element("option", { value: "name" }, "By name"),
    element("option", { value: "worst" }, "Most trouble first"),
  );
  order.value = filters.order;
  const counts = countKinds(fleet.events);
  const kinds = Object.entries(KINDS)
    .filter(([kind]) => counts[kind])
    .reverse()
    .map(([kind, mark]) => kindBox(kind, mark, counts[kind], filters, set));
  const reset = element("button", { type: "button", on: { click: clear } }, "Clear filters");

  function clear() {
    set(() => {
      filters.component = "";
      filters.machine = "";
      filters.hidden.clear();
      component.value = "";
      machine.value = "";
      kinds.forEach((box) => (box.querySelector("input").checked = true));
    });
  }

  return element(
    "form",
    { class: "filters", "aria-label": "Filters", on: { submit: (event) => event.preventDefault() } },
    element("label", {}, "Component", component),
    element("label", {}, "Machine", machine, names),
    element("label", {}, "Order", order),
    reset,
    element("fieldset", {}, element("legend", {}, "Verdict"), kinds),
  );
}

function kindBox(kind, mark, amount, filters, set) {
  const box = element("input", {
    type: "checkbox",
    name: kind,
    checked: !filters.hidden.has(kind),
    on: {
      change: () => set(() => filters.hidden[box.checked ? "delete" : "add"](kind)),
    },
  });
  return element("label", {}, box, markImage(mark), `${mark.label} (${amount.toLocaleString("en")})`);
}
