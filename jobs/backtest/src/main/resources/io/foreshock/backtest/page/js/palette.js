// Colours for canvases, from the style sheet; told again when the reader's scheme changes or the page is printed.

const listeners = new Set();
const known = new Map();

/** Value of a colour of the style sheet, by its name without dashes in front. */
export function colour(name) {
  if (!known.has(name)) {
    known.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  }
  return known.get(name);
}

/** Calls the listener when colours or paper change; returns what ends that. */
export function onPalette(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while the page is being put on paper, which is white and narrow. */
export function isPrinting() {
  return document.documentElement.hasAttribute("data-print");
}

function tell() {
  known.clear();
  listeners.forEach((listener) => listener());
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
addEventListener("beforeprint", () => {
  document.documentElement.setAttribute("data-print", "");
  tell();
});
addEventListener("afterprint", () => {
  document.documentElement.removeAttribute("data-print");
  tell();
});
