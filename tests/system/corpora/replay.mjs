// replay.mjs ROWS FILE...: published cases of CSV, replayed with the rows tool. A row is right, or it
// is rejected with its place; none is silently wrong. The FILEs are also read by a second reader.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import { parse } from "csv-parse/sync";

const [rowsTool, ...files] = process.argv.slice(2);
const require = createRequire(import.meta.url);
let failures = 0;

function fail(what) {
  failures++;
  console.log(what);
}

const isBlank = (row) => row.every((cell) => cell.trim() === "");
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function read(file, delimiter) {
  const options = delimiter ? ["--delimiter", delimiter] : [];
  const done = spawnSync(rowsTool, [file, ...options], { encoding: "utf8" });
  if (done.status !== 0) return { status: done.status, rows: [], rejected: 0, said: done.stderr };
  const rows = parse(done.stdout, { relax_column_count: true, skip_empty_lines: true });
  const rejected = (done.stderr.match(/: rejected: /g) || []).length;
  return { status: 0, rows, rejected, said: done.stderr };
}

// csv-spectrum: each file against its JSON.
function spectrum() {
  const folder = require.resolve("csv-spectrum").replace(/index\.js$/, "");
  const names = readdirSync(folder + "csvs").map((name) => name.replace(/\.csv$/, ""));
  let right = 0;
  for (const name of names) {
    const wanted = [JSON.parse(readFileSync(`${folder}json/${name}.json`, "utf8"))].flat();
    // one JSON has another telephone number than its CSV
    if (name === "location_coordinates") wanted[0]["Contact Phone Number"] = "2095257564";
    const { rows } = read(`${folder}csvs/${name}.csv`, ",");
    const found = rows.slice(1).map((row) => Object.fromEntries(row.map((cell, i) => [rows[0][i], cell])));
    if (same(found, wanted)) right++;
    else fail(`csv-spectrum ${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  }
  console.log(`csv-spectrum: ${right} of ${names.length} right`);
}

// The arrays of cases in papaparse's own test file, which is run without its test runner.
function papaCases() {
  const file = require.resolve("papaparse").replace(/papaparse\.js$/, "tests/test-cases.js");
  const describe = Object.assign(() => {}, { skip: () => {} });
  const Papa = { RECORD_SEP: "\x1e", UNIT_SEP: "\x1f" };
  const world = vm.createContext({ chai: { assert: {} }, Papa, describe });
  const text = readFileSync(file, "utf8").replace(/^var (chai|Papa);$/gm, "");
  vm.runInContext(text, world);
  return [...world.CORE_PARSER_TESTS, ...world.PARSE_TESTS];
}

// Read otherwise on purpose: what the case says of the dialect does not hold here.
const otherwise = {
  "Quoted field with whitespace around quotes": "blanks around a quoted cell are no part of it",
  "Mixed slash n and slash r should choose first as precident": "each kind of line end ends a row",
};

// Dialects apply; comments, other quotes, previews, headers as keys, types and transformations do not.
function applies({ input, config, expected }) {
  const known = ["delimiter", "newline"];
  const delimiter = config?.delimiter ?? ",";
  return typeof input === "string" && Array.isArray(expected?.data?.[0]) && typeof delimiter === "string" &&
    delimiter.length === 1 && delimiter !== "\n" && Object.keys(config ?? {}).every((key) => known.includes(key));
}

function papa() {
  const cases = papaCases();
  const counts = { right: 0, rejected: 0, cases: 0 };
  for (const one of cases.filter(applies)) {
    if (one.description in otherwise) continue;
    const delimiter = one.config?.delimiter ?? ",";
    const width = one.expected.data[0].length;
    const header = Array.from({ length: width }, (_, i) => `h${i}`).join(delimiter);
    writeFileSync("case.csv", `${header}\n${one.input.replace(/^\ufeff/, "")}`);
    const { status, rows, rejected } = read("case.csv", delimiter);
    if (status !== 0) {
      fail(`papaparse "${one.description}": not read`);
      continue;
    }
    const wanted = one.expected.data.filter((row) => !isBlank(row));
    const fitting = wanted.filter((row) => row.length === width);
    const found = rows.slice(1);
    let at = 0;
    for (const row of found) {
      while (at < fitting.length && !same(fitting[at], row)) at++;
      if (at++ === fitting.length) fail(`papaparse "${one.description}": silently wrong ${JSON.stringify(row)}`);
    }
    const faulty = (one.expected.errors ?? []).length > 0;
    if (found.length < wanted.length && rejected === 0) fail(`papaparse "${one.description}": rows lost in silence`);
    if (!faulty && found.length < fitting.length && rejected <= wanted.length - fitting.length)
      fail(`papaparse "${one.description}": a well-formed row is missing`);
    counts.cases++;
    counts.right += found.length;
    counts.rejected += rejected;
  }
  console.log(`papaparse: ${counts.cases} of ${cases.length} cases apply: ` +
    `${counts.right} rows right, ${counts.rejected} rejected with their places; ` +
    `${Object.keys(otherwise).length} are read otherwise on purpose`);
  if (counts.cases < 60) fail("papaparse: too few cases were found");
}

// csv-parse publishes a reader, no cases: it reads whole files beside ours.
function second() {
  let rows = 0;
  for (const file of files) {
    const { status, rows: found, rejected } = read(file);
    const delimiter = readFileSync(file, "utf8").split("\n", 1)[0].includes(";") ? ";" : ",";
    const wanted = parse(readFileSync(file), { bom: true, delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
    wanted[0] = wanted[0].map((name) => name.trim());
    const fitting = wanted.filter((row) => row.length === wanted[0].length && !isBlank(row));
    if (status !== 0 || !same(found, fitting)) fail(`${file}: differs from csv-parse`);
    if (rejected !== wanted.length - fitting.length) fail(`${file}: ${rejected} rejected`);
    rows += found.length;
  }
  console.log(`csv-parse: ${files.length} files, ${rows} rows alike`);
}

spectrum();
papa();
second();
process.exit(failures ? 1 : 0);
