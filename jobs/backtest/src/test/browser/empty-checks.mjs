// A report of nothing still reads well.
import assert from "node:assert/strict";
import { overflow, section } from "./steps.mjs";

export const checks = {
  async "says in each place that there is nothing to show"(open) {
    const page = await open();
    await section(page, "Lead time and trade-offs").getByText("No failure could be judged").waitFor();
    await section(page, "Figures").getByText("No figures: nothing was judged.").waitFor();
    await section(page, "Failures").getByText("No failure passes the filters.").waitFor();
    await section(page, "Conditions").getByText("No pattern was run.").waitFor();
    assert.ok((await overflow(page)) <= 0);
  },

  async "shows a machine of which nothing is known"(open) {
    const page = await open({}, "#/machine/lonely");
    await page.getByText("No channel of this machine was recorded.").waitFor();
    await page.getByText("Nothing happened on this machine, and nothing was said about it.").first().waitFor();
  },
};
