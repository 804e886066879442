import { append, element } from "./dom.js";
import { byName } from "./data.js";

// Tables that sort by a click or a key on the head of a column.

const PAGE = 12;
const UNKNOWN = [null, undefined, ""];

/** Smaller first; what is not known comes last in either direction. */
function compare(a, b, direction) {
  const noA = UNKNOWN.includes(a) || Number.isNaN(a);
  const noB = UNKNOWN.includes(b) || Number.isNaN(b);
  if (noA || noB) {
    return noA - noB;
  }
  return direction * (typeof a === "number" ? a - b : byName(a, b));
}

/**
 * A table.
 *
 * @param {object} table
 * @param {string} table.caption what its rows are; the number of rows is added
 * @param {Array<{label: string, value: Function, cell?: Function, form?: string, fixed?: boolean}>}
 *     table.columns value to sort by, what the cell holds (default: the value), the form (number, time, note
 *     or text), and fixed where sorting means nothing
 * @param {string} table.empty what is said when there are no rows
 * @param {[number, number]} [table.sort] column and direction to begin with
 * @returns {{host: HTMLElement, show: (rows: Array) => void}}
 */
export function table({ caption, columns, empty, sort = [0, 1] }) {
  let [sorted, direction] = sort;
  let rows = [];
  let most = PAGE;
  const body = element("tbody");
  const count = element("span", { role: "status" });
  const heads = columns.map((column, index) =>
    element(
      "th",
      { scope: "col", class: column.form ?? "text" },
      column.fixed
        ? column.label
        : element("button", { type: "button", on: { click: () => sortBy(index) } }, column.label),
    ),
  );
  const grid = element(
    "table",
    { class: "rows" },
    element("caption", {}, `${caption}: `, count),
    element("thead", {}, element("tr", {}, heads)),
    body,
  );
  const scroller = element("div", { class: "table", role: "region", "aria-label": caption, tabindex: "0" }, grid);
  const more = element("button", { type: "button", on: { click: () => page(most + 4 * PAGE) } });
  const all = element("button", { type: "button", on: { click: () => page(Infinity) } }, "Show all");
  const rest = element("span", { class: "soft" });
  const pager = element("div", { class: "more-rows" }, more, all, rest);
  const nothing = element("p", { class: "empty" }, empty);

  const host = element("div", {}, scroller, pager, nothing);

  function sortBy(index) {
    direction = index === sorted ? -direction : columns[index].form === "number" ? -1 : 1;
    sorted = index;
    draw();
  }

  function page(next) {
    most = next;
    draw();
  }

  function draw() {
    heads.forEach((head, index) => {
      const order = direction > 0 ? "ascending" : "descending";
      if (!columns[index].fixed) {
        head.setAttribute("aria-sort", index === sorted ? order : "none");
      }
    });
    const { value } = columns[sorted];
    const ordered = [...rows].sort((a, b) => compare(value(a), value(b), direction));
    body.replaceChildren(...ordered.slice(0, most).map(line));
    const hidden = Math.max(0, rows.length - most);
    pager.hidden = hidden === 0;
    more.textContent = `Show ${Math.min(hidden, 4 * PAGE)} more`;
    rest.textContent = `${hidden.toLocaleString("en")} more rows are not shown`;
    count.textContent = rows.length.toLocaleString("en");
    // Hidden, not taken out: a head that was pressed keeps the focus.
    scroller.hidden = rows.length === 0;
    nothing.hidden = rows.length > 0;
  }

  function line(row) {
    const made = element("tr", { class: row.total ? "total" : null });
    for (const column of columns) {
      const cell = element("td", { class: column.form ?? "text" });
      append(cell, [column.cell ? column.cell(row) : column.value(row)]);
      made.append(cell);
    }
    return made;
  }

  return {
    host,
    show(next) {
      rows = next;
      draw();
    },
  };
}
