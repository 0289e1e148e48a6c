// Looks at HTML reports with a browser; see tests/scripts/html.sh.
//
// usage: html.mjs SOURCE_DIR PROGRAM NODE_DIR SCRATCH_DIR
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [root, program, nodeDir, scratch] = process.argv.slice(2);
const require = createRequire(path.join(nodeDir, "package.json"));
const { chromium } = require("playwright-core");
const axe = require("axe-core").source;

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

// Writes a report and gives the path of its page.
const written = (name, args) => {
  const run = spawnSync(program, ["check", ...args, "--format", "html"],
    { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok([0, 1, 2].includes(run.status), `${name}: ${run.stderr}`);
  const file = path.join(scratch, `${name}.html`);
  fs.writeFileSync(file, run.stdout);
  return file;
};

const scenario = (name) =>
  path.join(root, "tests", "scenarios", name, "evidence");

// Reports of all kinds beside the demos: verbose and quiet ones, damaged
// evidence, several identities, recorded logons, several root causes.
const reports = () => {
  const demos = execFileSync(program, ["list", "demos"], { encoding: "utf8" })
    .split("\n").filter((line) => /^[a-z]/.test(line))
    .map((line) => line.split(" ")[0]);
  assert.ok(demos.length >= 10, "list demos");
  const made = demos.map((name) => written(name, [`--demo=${name}`]));
  made.push(written("verbose", ["--demo", "--verbose"]));
  made.push(written("quiet", ["--demo", "--quiet"]));
  for (const name of [
    "recorded-wrong-password-2016", "recorded-chain-to-lock-iis6",
    "damaged-secedit", "locked-by-stale-copy-iis6"]) {
    made.push(written(name, [scenario(name), "--verbose"]));
  }
  // Several servers: the same cause twice, in order, unread.
  const servers = ["q253204", "account-missing-iis6", "collected-2003",
    "recorded-chain-to-lock-iis6", "healthy-iis6"].map(scenario)
    .filter((folder) => fs.existsSync(folder));
  assert.ok(servers.length >= 4, "scenarios of the fleet");
  made.push(written("fleet", ["--each", ...servers, "nowhere"]));
  made.push(written("fleet-verbose", ["--each", ...servers, "--verbose"]));
  return made;
};

// Opens a page that tells of everything that it should not do.
const opened = async (context, file) => {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  const url = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) {
      wrong.push(`request ${request.url()}`);
    }
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy ${event.violatedDirective}`);
    });
  });
  await page.goto(url);
  return { page, wrong };
};

const violations = async (page) => {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run());
  return found.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
};

const looksGood = async (browser, file, viewport, colorScheme) => {
  const context = await browser.newContext({ viewport, colorScheme });
  const { page, wrong } = await opened(context, file);
  // Contrast is measured of what is shown.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) {
      details.open = true;
    }
  });
  const where = `${path.basename(file)}, ${viewport.width}, ${colorScheme}`;
  assert.deepEqual(await violations(page), [], where);
  assert.deepEqual(wrong, [], where);
  assert.ok(await page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth), `${where}: too wide`);
  assert.deepEqual(await page.evaluate(() =>
    [...document.querySelectorAll("a[href^='#']")]
      .map((link) => link.getAttribute("href").slice(1))
      .filter((id) => !document.getElementById(id))), [], `${where}: links`);
  const levels = await page.evaluate(() =>
    [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
      .map((heading) => Number(heading.tagName[1])));
  levels.forEach((level, i) => assert.ok(
    i === 0 ? level === 1 : level > 1 && level <= levels[i - 1] + 1,
    `${where}: heading ${i} is of level ${level}`));
  await context.close();
};

// By keyboard to the first button, and Enter.
const copies = async (browser, file, hasClipboard) => {
  const context = await browser.newContext();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  if (!hasClipboard) {
    await context.addInitScript(() => {
      if (!location.hash) {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
      }
    });
  }
  const { page, wrong } = await opened(context, file);
  const command = await page.locator("pre.command").first().textContent();
  for (let i = 0; i < 50; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() =>
      document.activeElement.tagName === "BUTTON")) {
      break;
    }
  }
  const focused = page.locator(":focus");
  assert.equal(await focused.getAttribute("aria-label"),
    `Copy the command ${command}`);
  assert.notEqual(await focused.evaluate((element) =>
    getComputedStyle(element).outlineStyle), "none");
  await page.keyboard.press("Enter");
  await page.locator("#said:has-text('Copied')").waitFor({ state: "attached" });
  assert.equal(await focused.textContent(), "Copied");
  assert.deepEqual(wrong, []);
  // What another page is given. The hash spares it the script above.
  const other = await context.newPage();
  await other.goto(`${pathToFileURL(file).href}#read`);
  await other.bringToFront();
  assert.equal(await other.evaluate(() => navigator.clipboard.readText()),
    command);
  await context.close();
};

const worksWithoutScripts = async (browser, file) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { page } = await opened(context, file);
  assert.equal(await page.locator("button").count(), 0);
  const closed = page.locator("details:not([open]) > summary").first();
  const section = page.locator("details").filter({ has: page.locator("figure") })
    .last();
  assert.ok(!await section.locator("figure").isVisible());
  await closed.click();
  assert.ok(await section.locator("figure").isVisible());
  await context.close();
};

const showsRecordedLogons = async (browser, file) => {
  const context = await browser.newContext({ viewport: NARROW });
  const { page } = await opened(context, file);
  const chart = page.locator("figure.logons").first();
  const bars = chart.locator(".bars rect");
  assert.ok(await bars.count() > 0);
  const { width, height } = await bars.first().boundingBox();
  assert.ok(width > 1 && height > 1, "a bar is seen");
  const numbers = await chart.locator("td:last-child").allTextContents();
  assert.ok(numbers.length > 0 && numbers.every((text) => Number(text) > 0));
  // The policy lets patterns of the page itself fill bars.
  assert.match(await chart.locator(".k2").first().evaluate((bar) =>
    getComputedStyle(bar).fill), /#p-2/);
  await context.close();
};

const linksOpenSections = async (browser, file) => {
  const context = await browser.newContext();
  const { page } = await opened(context, file);
  assert.ok(!await page.locator("#i2 figure").isVisible());
  await page.locator("a[href='#i2']").click();
  await page.locator("#i2 figure").waitFor({ state: "visible" });
  await context.close();
};

const prints = async (browser, file) => {
  const context = await browser.newContext({ colorScheme: "dark" });
  const { page } = await opened(context, file);
  await page.evaluate(() => {
    const closed = () =>
      document.querySelectorAll("details:not([open])").length;
    window.seen = [closed()];
    addEventListener("beforeprint", () => window.seen.push(closed()));
    addEventListener("afterprint", () => window.seen.push(closed()));
  });
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.subarray(0, 5).equals(Buffer.from("%PDF-")) &&
    pdf.length > 10000);
  const [before, during, after] = await page.evaluate(() => window.seen);
  assert.ok(before > 0);
  assert.deepEqual([during, after], [0, before]);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.evaluate(() =>
    getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.ok(!await page.locator("button").first().isVisible());
  await context.close();
};

// A server whose names are markup, in a folder whose name is, too.
const HOSTILE = "<img src=x onerror=window.hit=1>\"'&amp;</style>" +
  "<script>window.hit=1;alert(1)</script>";

const hostileReport = () => {
  const folder = path.join(scratch, HOSTILE.replaceAll("/", "%"));
  fs.cpSync(scenario("deny-network-guests"), folder, { recursive: true });
  const metabase = path.join(folder, "MetaBase.xml");
  const escaped = HOSTILE.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll("\"", "&quot;");
  const text = fs.readFileSync(metabase, "latin1");
  const changed = text.replaceAll(/AnonymousUserName="[^"]*"/g,
    `AnonymousUserName="${escaped}"`);
  assert.notEqual(changed, text);
  fs.writeFileSync(metabase, changed, "latin1");
  return written("hostile", [folder, "--verbose"]);
};

const isHarmless = async (browser, file) => {
  const context = await browser.newContext({ viewport: NARROW });
  const { page, wrong } = await opened(context, file);
  await page.waitForTimeout(200);
  assert.deepEqual(wrong, []);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.ok((await page.locator("h2").first().textContent())
    .includes(HOSTILE), "the name is shown as it is");
  assert.ok((await page.locator("header").textContent())
    .includes(HOSTILE.replaceAll("/", "%")), "so is that of the folder");
  assert.ok(await page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth), "too wide");
  await context.close();
};

// A test that cannot fail proves nothing: faults that have to be noticed.
const noticesFaults = async (browser, file) => {
  const text = fs.readFileSync(file, "utf8");
  const faults = [
    ["a style that the policy does not know", "<style>", "<style>p{} "],
    ["a script that it does not know", "<script>", "<script>;"],
    ["a picture", "</main>", "<img src=\"x.png\" alt=\"\"></main>"],
    ["a handler", "<main>", "<main onclick=\"x()\">"],
  ];
  for (const [what, from, to] of faults) {
    const faulty = path.join(scratch, "faulty.html");
    assert.ok(text.includes(from), what);
    fs.writeFileSync(faulty, text.replace(from, to));
    const context = await browser.newContext();
    const { page, wrong } = await opened(context, faulty);
    await page.locator("main").click();
    await page.waitForTimeout(100);
    assert.notEqual(wrong.length, 0, `${what} is not noticed`);
    await context.close();
  }
  const bad = path.join(scratch, "bad.html");
  fs.writeFileSync(bad, text.replace("<html lang=\"en\">", "<html>"));
  await assert.rejects(looksGood(browser, bad, WIDE, "light"), /html-has-lang/);
};

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: process.getuid() === 0 ? ["--no-sandbox"] : [],
});
try {
  const files = reports();
  const file = (name) => {
    const found = files.find((one) => path.basename(one) === `${name}.html`);
    assert.ok(found, name);
    return found;
  };
  const thorough = new Set([
    "q253204", "gpo-took-rights-iis5", "right-missing-2016", "verbose",
    "recorded-wrong-password-2016"].map(file));
  for (const one of files) {
    for (const viewport of [WIDE, NARROW]) {
      for (const scheme of ["light", "dark"]) {
        const always = viewport === NARROW && scheme === "light";
        if (always || thorough.has(one)) {
          await looksGood(browser, one, viewport, scheme);
        }
      }
    }
  }
  await copies(browser, file("q253204"), true);
  await copies(browser, file("q253204"), false);
  await worksWithoutScripts(browser, file("right-missing-2016"));
  await showsRecordedLogons(browser, file("recorded-wrong-password-2016"));
  await linksOpenSections(browser, file("right-missing-2016"));
  await prints(browser, file("right-missing-2016"));
  await isHarmless(browser, hostileReport());
  await noticesFaults(browser, file("q253204"));
} finally {
  await browser.close();
}
