// What the first load costs: everything that index.html names, compressed. Past the budget this fails.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 350;
const dist = new URL("../dist/", import.meta.url);
const page = readFileSync(new URL("index.html", dist));
const named = [...page.toString().matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
if (named.length < 3) throw new Error("dist/index.html names no scripts and styles: is it built?");

let bytes = gzipSync(page).length;
for (const file of named) bytes += gzipSync(readFileSync(new URL(file, dist))).length;
const kb = bytes / 1024;
console.log(`the first load is ${kb.toFixed(0)} KB of ${BUDGET_KB} (gzip, ${named.length} files)`);
if (kb > BUDGET_KB) process.exit(1);
