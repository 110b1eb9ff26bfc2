// Pages as a browser, two validators and a screen reader's rules see them.
// node check.mjs SHOTS page.html...   SHOTS: a folder for pictures, or "-".
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import puppeteer from "puppeteer-core";

const require = createRequire(import.meta.url);
const [shots, ...pages] = process.argv.slice(2);
const widths = [320, 800, 1280];
let faults = 0;

function fault(page, what) {
    faults++;
    if (faults <= 60) console.log(`${path.basename(page)}: ${what}`);
}

async function validate(page) {
    const loader = new StaticConfigLoader({
        root: true,
        extends: ["html-validate:recommended", "html-validate:a11y"],
        rules: {
            "doctype-style": "off", // both ways of writing it are right
            "long-title": "off",
            "no-inline-style": "error",
            "valid-id": ["error", { relaxed: true }], // measures have dots in their names
            "no-trailing-whitespace": "off", // text of a CRM ends as it likes
            "no-raw-characters": "error",
        },
    });
    const report = await new HtmlValidate(loader).validateFile(page);
    for (const result of report.results)
        for (const message of result.messages)
            fault(page, `html-validate: ${message.line}:${message.column}: ${message.ruleId}: ${message.message}`);
}

function validateAll() {
    const jar = require.resolve("vnu-jar/build/dist/vnu.jar");
    let out = "";
    try {
        execFileSync("java", ["-jar", jar, "--stdout", "--format", "json", ...pages], {
            maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
    } catch (error) {
        out = String(error.stdout);
    }
    // It cannot hash the style and takes data: for a place, which the browser does not; names of a CRM may be in any form; and it
    // guesses the language of the fixtures, which say what they like.
    const known = /Inline style violates Content Security Policy|image .data:image.png;base64,.* blocked by|Unicode Normalization Form C/;
    const language = (message) => /appears to be written in/.test(message.message) && !/demo-/.test(message.url);
    for (const message of out ? JSON.parse(out).messages : [])
        if (!(message.type === "info" && (known.test(message.message) || language(message)))) fault(message.url ?? "vnu", `vnu: ${message.lastLine}: ${message.type}: ${message.message}`);
}

async function walk(tab, page, width) {
    await tab.setViewport({ width, height: 900 });
    const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    if (wide > 0) fault(page, `at ${width} px the page is ${wide} px wider than the window`);
    const small = await tab.evaluate(() =>
        [...document.querySelectorAll("body *")].filter((e) =>
            e.childNodes.length && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) &&
            !e.closest("svg") && parseFloat(getComputedStyle(e).fontSize) < 12).length);
    if (small) fault(page, `at ${width} px ${small} elements have type under 12 px`);
    const drawn = await tab.evaluate(() => [...document.querySelectorAll("svg text")].filter((t) =>
        parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a < 9).length);
    if (width >= 800 && drawn) fault(page, `at ${width} px ${drawn} texts of charts are under 9 px`);
}

// Texts of a chart on one another, as this browser sets them.
async function labels(tab, page) {
    const met = await tab.evaluate(() => [...document.querySelectorAll("svg")].flatMap((svg) => {
        const boxes = [...svg.querySelectorAll("text")].map((text) => ({ text: text.textContent, box: text.getBBox() }))
            .map(({ text, box }) => ({ text, left: box.x, right: box.x + box.width, top: box.y + box.height * 0.22, low: box.y + box.height * 0.84 }));
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.low && b.top + 1 < a.low)
            .map((b) => `'${a.text}' on '${b.text}'`));
    }));
    if (met.length) fault(page, `${met.length} labels of charts meet: ${met.slice(0, 3).join(", ")}`);
}

async function axe(tab, page, scheme) {
    const result = await tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of result.violations)
        fault(page, `axe (${scheme}): ${violation.id}: ${violation.help}: ${violation.nodes.length} times: ` +
            violation.nodes[0].html.slice(0, 160));
}

async function inspect(browser, page) {
    const tab = await browser.newPage(), url = pathToFileURL(page).href;
    tab.on("console", (message) => ["error", "warning"].includes(message.type()) &&
        fault(page, `console: ${message.text()}`));
    tab.on("pageerror", (error) => fault(page, `script: ${error}`));
    tab.on("dialog", (dialog) => { fault(page, "a dialog opened"); dialog.dismiss(); });
    tab.on("request", (request) => request.url() !== url && !request.url().startsWith("data:") &&
        fault(page, `asks for ${request.url()}`));
    await tab.goto(url);
    const scripts = await tab.evaluate(() => document.querySelectorAll("script,iframe,object,embed,[onclick],[onload],[onerror]").length);
    if (scripts) fault(page, `${scripts} active elements`);
    // fixtures stand for what the demo has not: one look each is enough
    const noteName = path.basename(page, ".html"), demo = noteName.startsWith("demo-"), picture = demo && shots !== "-";
    for (const width of widths) {
        await walk(tab, page, width);
        if (picture) await tab.screenshot({ path: `${shots}/${noteName}-${width}.png`, fullPage: true });
    }
    await labels(tab, page);
    await tab.evaluate(require("axe-core").source); // by the debugger: no policy forbids it
    await tab.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    const all = [[320, "light"], [800, "light"], [1280, "light"], [1280, "dark"]];
    for (const [width, scheme] of demo ? all : all.slice(-1)) {
        await tab.setViewport({ width, height: 900 });
        await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await axe(tab, page, `${scheme}, ${width} px`);
    }
    if (picture) {
        await tab.screenshot({ path: `${shots}/${noteName}-dark.png`, fullPage: true });
        await tab.pdf({ path: `${shots}/${noteName}-print.pdf`, preferCSSPageSize: true, printBackground: false });
    }
    await tab.close();
}

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/lib/chromium/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
});
for (const page of pages) {
    await validate(page);
    await inspect(browser, page);
}
await browser.close();
validateAll();
console.log(`${pages.length} pages, ${faults} faults`);
process.exit(faults ? 1 : 0);
