// Payloads as names: in the pages they stay text, in a page that does not escape they act.
// node canary.mjs payloads.txt page.html...
import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [list, ...pages] = process.argv.slice(2);
const payloads = readFileSync(list, "utf8").split("\n").filter(Boolean);
const DIALOGS_LEAST = 40, REQUESTS_LEAST = 15; // payloads that act in the control
let faults = 0;

function fault(page, what) {
    faults++;
    if (faults <= 40) console.log(`${path.basename(page)}: ${what}`);
}

// Opens a page, moves the focus over it, and tells what it did.
async function watch(browser, file) {
    const tab = await browser.newPage(), url = pathToFileURL(file).href;
    const seen = { dialogs: 0, requests: [], refused: 0 };
    tab.on("dialog", (dialog) => { seen.dialogs++; dialog.dismiss().catch(() => {}); });
    tab.on("console", (message) => { seen.refused += /Content Security Policy/.test(message.text()); });
    tab.on("request", (request) => {
        if (request.url() !== url && !request.url().startsWith("data:image/png")) seen.requests.push(request.url());
    });
    await (await tab.createCDPSession()).send("Emulation.setFocusEmulationEnabled", { enabled: true });
    await tab.goto(url, { waitUntil: "load", timeout: 20000 }).catch(() => {});
    await new Promise((done) => setTimeout(done, 150));
    return { tab, seen };
}

async function checkPage(browser, page) {
    const { tab, seen } = await watch(browser, page);
    if (seen.dialogs) fault(page, `${seen.dialogs} dialogs`);
    for (const request of seen.requests) fault(page, `asks for ${request}`);
    if (seen.refused) fault(page, `${seen.refused} things that the policy refused`);
    const found = await tab.evaluate(() => ({
        active: document.querySelectorAll("script,iframe,object,embed,form,input,base,link,foreignObject,animate,set").length,
        events: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on|^style$/i.test(a.name))).length,
        links: [...document.querySelectorAll("[href],[src]")].map((e) => new URL(e.getAttribute("href") ?? e.getAttribute("src"), document.baseURI))
            .filter((link) => !["https:", "mailto:"].includes(link.protocol) && !(link.protocol === "file:" && !link.host) &&
                !/^data:image\/png;base64,/.test(link.href)).map((link) => link.href),
        text: document.body.textContent,
    }));
    if (found.active) fault(page, `${found.active} active elements`);
    if (found.events) fault(page, `${found.events} elements with handlers or styles`);
    for (const link of found.links) fault(page, `leads to ${link}`);
    await tab.close();
    return payloads.filter((payload) => found.text.includes(payload.replace(/\t/g, " "))).length;
}

async function checkControl(browser) {
    let dialogs = 0, requests = 0;
    const one = async (payload, index) => {
        const file = path.resolve(`control-${index}.html`);
        writeFileSync(file, `<!DOCTYPE html><title>control</title><p>${payload}</p><img alt="${payload}">` +
            `<a href="${payload}" id=link>x</a><svg><text>${payload}</text></svg>`);
        const { tab, seen } = await watch(browser, file);
        dialogs += seen.dialogs > 0;
        requests += seen.requests.length > 0;
        await tab.close();
        unlinkSync(file);
    };
    for (let first = 0; first < payloads.length; first += 10)
        await Promise.all(payloads.slice(first, first + 10).map((payload, i) => one(payload, first + i)));
    if (dialogs < DIALOGS_LEAST || requests < REQUESTS_LEAST)
        fault("control", `only ${dialogs} payloads of ${payloads.length} opened a dialog, ${requests} asked for something`);
    return dialogs;
}

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/lib/chromium/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
});
let whole = 0;
for (const page of pages) whole = Math.max(whole, await checkPage(browser, page));
if (whole < payloads.length - 2) fault("pages", `only ${whole} of ${payloads.length} payloads stand in one as they are`);
const dialogs = await checkControl(browser);
await browser.close();
console.log(`${payloads.length} payloads, ${pages.length} pages, ${faults} faults; the control opened ${dialogs} dialogs`);
process.exit(faults ? 1 : 0);
