// The report of the Azure set: large, and usable at once. Times are printed, never judged.
import assert from "node:assert/strict";
import { section } from "./steps.mjs";

export const checks = {
  async "is usable with all its machines"(open) {
    const page = await open();
    const ready = await page.evaluate(() => Number(document.documentElement.dataset.ready));
    assert.ok(Number.isFinite(ready));
    assert.ok((await section(page, "Timeline").locator("canvas").count()) === 1);
    const begin = Date.now();
    await section(page, "Machines").getByRole("link").first().click();
    await page.waitForSelector("h2.subject");
    const opened = Date.now() - begin;
    assert.equal(await section(page, "On one axis of time").locator(".chart").count(), 4);
    assert.ok((await section(page, "What the alarms saw").locator("tbody tr").count()) > 0);
    return `interactive after ${ready} ms, a machine opened in ${opened} ms`;
  },
};
