import { append, element } from "./dom.js";

// The box beside the pointer that says what is below it.

/** A click moves the pointer less than this many pixels between down and up. */
const STILL = 4;

/**
 * A plugin of the library.
 *
 * @param {(plot: uPlot, left: number, top: number) => object | null} find what is near a place
 * @param {(found: object) => Array} tell lines about it; the first is its title
 * @param {(found: object) => void} [open] what a click does
 */
export function hint(find, tell, open) {
  const box = element("div", { class: "hint", hidden: true });
  let found = null;
  let downAt = null;

  function place(plot, left, top) {
    box.hidden = false;
    const right = left + 16 + box.offsetWidth > plot.over.clientWidth;
    const x = right ? left - 16 - box.offsetWidth : left + 16;
    const edge = plot.over.clientWidth - box.offsetWidth;
    box.style.left = `${Math.max(Math.min(0, edge), Math.min(x, Math.max(0, edge)))}px`;
    const low = top + 16 + box.offsetHeight > plot.over.clientHeight;
    box.style.top = `${low ? Math.max(0, top - 16 - box.offsetHeight) : top + 16}px`;
  }

  return {
    hooks: {
      init: (plot) => {
        plot.over.append(box);
        plot.over.addEventListener("pointerdown", (event) => {
          downAt = [event.clientX, event.clientY];
        });
        plot.over.addEventListener("click", (event) => {
          const near = downAt && Math.hypot(event.clientX - downAt[0], event.clientY - downAt[1]) < STILL;
          if (near && found && open) {
            open(found);
          }
        });
      },
      setCursor: (plot) => {
        const { left, top, event } = plot.cursor;
        const here =
          left >= 0 && top >= 0 && (event === undefined || event === null || plot.over.contains(event.target));
        found = here ? find(plot, left, top) : null;
        plot.over.style.cursor = found && open ? "pointer" : "";
        if (!found) {
          box.hidden = true;
          return;
        }
        const [title, ...lines] = tell(found);
        box.replaceChildren(element("b", {}, title));
        append(
          box,
          lines.map((line) => element("span", {}, line, element("br"))),
        );
        place(plot, left, top);
      },
    },
  };
}

/** The nearest of some things within so many pixels; null when none is. */
export function nearest(plot, things, left, top, reach, position) {
  let best = null;
  let least = reach * reach;
  for (const thing of things) {
    const [x, y] = position(thing);
    const distance = (x - left) ** 2 + (y - top) ** 2;
    if (distance <= least) {
      least = distance;
      best = thing;
    }
  }
  return best;
}
