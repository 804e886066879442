// What a reader does with the made-up report of SampleReport.java.
import assert from "node:assert/strict";
import { column, contrast, drag, findHint, overflow, picture, section, until } from "./steps.mjs";

const WICKED = `</script><b>pump's "7" & co`;
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

export const checks = {
  async "opens from a disk with figures, charts and tables"(open) {
    const page = await open();
    assert.equal(await page.title(), "Fleet · Sample fleet");
    assert.equal(await page.locator("h1").innerText(), "Sample fleet");
    assert.match(await page.locator(".tile").first().innerText(), /49 of 60[\s\S]*recall 83 % \(78 % to 88 %\)/);
    assert.match(await page.locator(".lede").innerText(), /24 machines · times in Europe\/Berlin/);
    assert.equal(await page.locator("canvas").count(), 4);
    assert.equal(await page.locator("table.rows").count(), 6);
    assert.equal(await page.locator("h2").count(), 9);
    assert.deepEqual(await column(section(page, "Two versions"), "bearing-wear 4"), ["no alarm"]);
    await section(page, "Figures of the data set's own protocol").getByText("far 0.1 mar 0.2").waitFor();
  },

  async "shows a name that looks like markup as the name that it is"(open) {
    const page = await open();
    const machines = section(page, "Machines");
    assert.ok((await column(machines, "Machine")).includes(WICKED));
    assert.equal(await page.locator("main b").filter({ hasText: "pump's" }).count(), 0);
    assert.equal(await page.locator("script").count(), 3 + 24);
    await machines.getByRole("link", { name: WICKED, exact: true }).click();
    assert.equal(await page.locator("h2.subject").innerText(), WICKED);
  },

  async "zooms by dragging, by buttons and by keys"(open) {
    const page = await open();
    const timeline = section(page, "Timeline");
    const range = timeline.locator(".range");
    await timeline.getByRole("button", { name: "All" }).click();
    const whole = await range.innerText();
    const drawn = await picture(timeline);
    await drag(page, timeline);
    assert.notEqual(
      await until(
        () => range.innerText(),
        (text) => text !== whole,
      ),
      whole,
    );
    await until(
      () => picture(timeline),
      (pixels) => pixels !== drawn,
    );
    await timeline
      .locator(".u-over")
      .first()
      .dblclick({ position: { x: 5, y: 5 } });
    await until(
      () => range.innerText(),
      (text) => text === whole,
    );
    await timeline.getByRole("button", { name: "Zoom in" }).click();
    const closer = await range.innerText();
    assert.notEqual(closer, whole);
    await timeline.getByRole("button", { name: "Later" }).click();
    assert.notEqual(await range.innerText(), closer);
    await timeline.locator(".plot").focus();
    await page.keyboard.press("Home");
    assert.equal(await range.innerText(), whole);
    await page.keyboard.press("+");
    assert.notEqual(await range.innerText(), whole);
  },

  async "says what is below the pointer and opens its machine by a click"(open) {
    const page = await open();
    const { x, y, text } = await findHint(page, section(page, "Timeline"));
    assert.match(text, /\d{4}-\d\d-\d\d \d\d:\d\d/);
    assert.match(text, /bearing|gearbox|motor/);
    await page.mouse.click(x, y);
    await page.waitForSelector("h2.subject");
    assert.match(page.url(), /#\/machine\/.*\?at=\d+/);
  },

  async "filters by component, verdict and machine, and keeps the choice in the address"(open) {
    const page = await open();
    const timeline = section(page, "Timeline");
    const failures = section(page, "Failures");
    const drawn = await picture(timeline);
    await page.getByLabel("Component").selectOption("gearbox");
    assert.deepEqual([...new Set(await column(failures, "Component"))], ["gearbox"]);
    await until(
      () => picture(timeline),
      (pixels) => pixels !== drawn,
    );
    await page.getByLabel(/^Failure, warned/).uncheck();
    assert.equal((await column(failures, "Verdict")).includes("Failure, warned"), false);
    await page.reload();
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    assert.equal(await page.getByLabel("Component").inputValue(), "gearbox");
    assert.equal(await page.getByLabel(/^Failure, warned/).isChecked(), false);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByLabel("Machine", { exact: true }).fill("PUMP-1");
    assert.ok((await column(section(page, "Machines"), "Machine")).every((name) => name.startsWith("pump-1")));
    await page.getByLabel("Machine", { exact: true }).fill("no such machine");
    await timeline.getByText("No machine has that in its name.").waitFor();
    await failures.getByText("No failure passes the filters.").waitFor();
  },

  async "sorts tables by mouse and keyboard and says so"(open) {
    const page = await open();
    const failures = section(page, "Failures");
    const head = failures.locator("th", { hasText: "Lead time" });
    const leads = async () =>
      (await column(failures, "Lead time")).map((text) => (text === "–" ? -Infinity : Number.parseFloat(text)));
    assert.equal(await head.getAttribute("aria-sort"), "none");
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    const descending = await leads();
    assert.deepEqual(
      descending,
      [...descending].sort((a, b) => b - a),
    );
    assert.ok(descending[0] > descending.at(-1));
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    const ascending = (await leads()).filter(Number.isFinite);
    assert.deepEqual(
      ascending,
      [...ascending].sort((a, b) => a - b),
    );
    await failures.getByRole("button", { name: "Show all" }).click();
    assert.equal((await leads()).length, 30);
  },

  async "shows channels, symptoms, stages and evidence of a machine on one axis"(open) {
    const page = await open();
    await section(page, "Machines").getByRole("link", { name: "pump-9", exact: true }).click();
    await page.waitForSelector("h2.subject");
    assert.equal(await page.locator("h2.subject").innerText(), "pump-9");
    const axis = section(page, "On one axis of time");
    assert.equal(await axis.locator("canvas").count(), 3);
    assert.deepEqual(await axis.locator("h3").allTextContents(), [
      "vibration_rms_mm_s (mm/s)",
      "bearing_temperature_c (°C)",
    ]);
    const channels = axis.locator(".chart");
    const before = await picture(channels.nth(1));
    await drag(page, channels.nth(0));
    await until(
      () => picture(channels.nth(1)),
      (pixels) => pixels !== before,
    );
    await channels
      .nth(0)
      .locator(".u-over")
      .hover({ position: { x: 300, y: 40 } });
    await until(
      () => channels.nth(0).locator(".readout").innerText(),
      (text) => /mm\/s at 2026-/.test(text),
    );
    await until(
      () => channels.nth(1).locator(".readout").innerText(),
      (text) => /°C at 2026-/.test(text),
    );
    const evidence = section(page, "What the alarms saw");
    assert.ok((await column(evidence, "Stage")).includes("heating"));
    assert.ok((await column(evidence, "Value and limit")).includes("4.80 mm/s, limit 4.50"));
    const range = await axis.locator(".range").innerText();
    await evidence.getByRole("button", { name: "Show", exact: true }).first().click();
    assert.notEqual(await axis.locator(".range").innerText(), range);
    await page.goBack();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
  },

  async "shows times in the zone that the reader picks"(open) {
    const page = await open();
    const failures = section(page, "Failures");
    const plant = (await column(failures, "Time"))[0];
    await page.getByLabel("Time zone").selectOption("UTC");
    const utc = (await column(failures, "Time"))[0];
    assert.equal(Date.parse(`${plant.replace(" ", "T")}Z`) - Date.parse(`${utc.replace(" ", "T")}Z`), 3_600_000);
    assert.match(await page.locator(".lede").innerText(), /times in UTC/);
  },

  async "is dark where the reader's system is dark, also when that changes"(open) {
    const page = await open({ colorScheme: "light" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = [await ground(), await picture(section(page, "Timeline"))];
    await page.emulateMedia({ colorScheme: "dark" });
    assert.notEqual(await ground(), light[0]);
    await until(
      () => picture(section(page, "Timeline")),
      (pixels) => pixels !== light[1],
    );
  },

  async "has contrast enough in both schemes"(open) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open({ colorScheme });
      for (const [text, ground] of [
        ["ink", "paper"],
        ["soft", "paper"],
        ["soft", "ground"],
        ["link", "paper"],
        ["ink", "ground"],
      ]) {
        assert.ok((await contrast(page, text, ground)) >= 4.5, `${text} on ${ground}, ${colorScheme}`);
      }
      for (const mark of [
        "good",
        "bad",
        "warn",
        "work",
        "mute",
        "data-1",
        "data-2",
        "data-3",
        "data-4",
        "data-5",
        "data-6",
      ]) {
        assert.ok((await contrast(page, mark, "paper")) >= 3, `${mark} on paper, ${colorScheme}`);
      }
    }
  },

  async "fits a phone without scrolling sideways"(open) {
    const page = await open(PHONE);
    assert.ok((await overflow(page)) <= 0, "fleet");
    for (const button of await page.locator(".zoom button").all()) {
      assert.ok((await button.boundingBox()).height >= 44);
    }
    await section(page, "Machines").getByRole("link", { name: "pump-1", exact: true }).tap();
    await page.waitForSelector("h2.subject");
    assert.ok((await overflow(page)) <= 0, "machine");
  },

  async "prints on white, as wide as the paper and without controls"(open) {
    const page = await open({ colorScheme: "dark" });
    await page.evaluate(() => {
      addEventListener("beforeprint", () => {
        window.printed = {
          width: Math.max(...[...document.querySelectorAll("canvas")].map((canvas) => canvas.clientWidth)),
          ink: getComputedStyle(document.documentElement).getPropertyValue("--ink"),
        };
      });
    });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    const printed = await page.evaluate(() => window.printed);
    assert.ok(printed.width <= 680, `${printed.width} px wide`);
    assert.equal(printed.ink.trim(), "#1b2430");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByLabel("Component").isVisible(), false);
    assert.equal(await page.locator(".zoom button").first().isVisible(), false);
  },

  async "is read from the keyboard: skip link, focus, charts by name"(open) {
    const page = await open();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    assert.equal(await page.getByRole("heading", { name: "Timeline" }).count(), 1);
    for (const plot of await page.locator(".plot").all()) {
      assert.ok((await plot.getAttribute("aria-label")).length > 20);
    }
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
  },

  async "says so when an address names a machine that is not there"(open) {
    const page = await open({}, "#/machine/pump-%zz");
    await page.getByText('There is no machine "pump-%zz" in this report.').waitFor();
    await page.getByRole("link", { name: "← Fleet" }).click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
  },

  async "runs no script but its own"(open) {
    const page = await open();
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'sha256-[^']+';/);
    assert.doesNotMatch(policy, /unsafe|https?:/);
  },
};
