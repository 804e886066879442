// What several checks do with a page.
import assert from "node:assert/strict";

/** The part of the page with that title. */
export function section(page, title) {
  return page.locator("section", { has: page.locator(`h2:text-is("${title}")`) });
}

/** Texts of a column of a table, by the label of its head. */
export async function column(table, label) {
  const heads = await table.locator("thead th").allTextContents();
  const index = heads.findIndex((head) => head === label);
  assert.notEqual(index, -1, `no column ${label} in ${heads}`);
  return table.locator(`tbody tr td:nth-child(${index + 1})`).allTextContents();
}

/** Pixels of the first chart in a place, as text: to see whether it was drawn anew. */
export function picture(place) {
  return place
    .locator("canvas")
    .first()
    .evaluate((canvas) => canvas.toDataURL());
}

/** Drags over the middle of the first chart in a place. */
export async function drag(page, place, from = 0.3, to = 0.6) {
  const over = place.locator(".u-over").first();
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  const y = box.y + Math.min(box.height / 2, 40);
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y);
  await page.mouse.move(box.x + box.width * to, y);
  await page.mouse.up();
}

/** Moves along the first rows of the first chart in a place until its hint shows; returns where. */
export async function findHint(page, place) {
  const over = place.locator(".u-over").first();
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  for (let y = box.y + 8; y < box.y + Math.min(box.height, 80); y += 8) {
    for (let x = box.x + 4; x < box.x + box.width; x += 10) {
      await page.mouse.move(x, y);
      if (await over.locator(".hint").isVisible()) {
        return { x, y, text: await over.locator(".hint").innerText() };
      }
    }
  }
  return assert.fail("no hint anywhere");
}

/** Waits until a value is what is expected. */
export async function until(read, expected) {
  let last;
  for (let turn = 0; turn < 2400; turn++) {
    last = await read();
    if (expected(last)) {
      return last;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 25);
    });
  }
  return assert.fail(`never came: last was ${JSON.stringify(last)}`);
}

/** How much wider the page is than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Contrast by WCAG 2.2 of two colours of the style sheet. */
export function contrast(page, one, other) {
  return page.evaluate(
    ([a, b]) => {
      const light = (name) => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim().slice(1);
        const [red, green, blue] = [0, 2, 4]
          .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
      return (bright + 0.05) / (dark + 0.05);
    },
    [one, other],
  );
}
