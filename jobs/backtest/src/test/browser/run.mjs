// Runs the checks of a module on a report in a real Chromium and prints one line of JSON for each.
//
//   node run.mjs CHECKS.mjs REPORT.html CHROMIUM FOLDER_OF_PLAYWRIGHT
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [checksFile, report, executablePath, tools] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(tools), "package.json"))("playwright-core");
const { checks } = await import(pathToFileURL(resolve(checksFile)));
const address = pathToFileURL(resolve(report)).href;

// Containers and root have no sandbox of their own to offer.
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

/** A page that shows the report, and remembers what a reader must never see. */
async function open(options = {}, hash = "") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const troubles = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      troubles.push(message.text());
    }
  });
  page.on("pageerror", (error) => troubles.push(error.stack));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) {
      troubles.push(`asks for ${request.url()}`);
    }
  });
  await page.goto(address + hash);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  return { page, troubles };
}

for (const [name, check] of Object.entries(checks)) {
  const result = { name, ok: true, message: "" };
  const opened = [];
  const remember = async (...wishes) => {
    const one = await open(...wishes);
    opened.push(one);
    return one.page;
  };
  try {
    result.message = (await check(remember)) ?? "";
    const troubles = opened.flatMap((one) => one.troubles);
    if (troubles.length > 0) {
      throw new Error(`The page complains: ${troubles.join("\n")}`);
    }
  } catch (error) {
    result.ok = false;
    result.message = error.stack;
  }
  await Promise.all(opened.map(({ page }) => page.context().close()));
  console.log(JSON.stringify(result));
}
await browser.close();
