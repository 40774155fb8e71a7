// Makes one file of each library: dist/<name>.js, a slash in the name written as two underscores.
//
// Each is the body of a CommonJS function that runs in strict mode in a bare engine. What libraries share, and what
// Node has itself, stays a `require` and is answered by own/start.js; everything else is in the file. Beside them stands
// licences.txt, which belongs to every binary that has them inside.

import { build } from 'esbuild';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

// Name for `require` → what is bundled.
const LIBRARIES = {
  buffer: "module.exports = require('buffer/')",
  cheerio: "module.exports = require('cheerio')",
  'csv-parse': "module.exports = require('csv-parse')",
  'csv-parse/sync': "module.exports = require('csv-parse/sync')",
  'iconv-lite': "module.exports = require('iconv-lite')",
  lodash: "module.exports = require('lodash')",
  // A locale becomes the current one where it is defined; English is what Node begins with.
  moment: ["const moment = require('moment')", ...['ko', 'ja', 'zh-cn'].map((name) => `require('moment/locale/${name}')`), "moment.locale('en')", 'module.exports = moment'].join('\n'),
  // The whole history of all zones takes 15 ms to load. After 2030 a zone keeps its last offset.
  'moment-timezone': "module.exports = require('moment-timezone/builds/moment-timezone-with-data-1970-2030.js')",
  stream: "module.exports = require('readable-stream')",
  string_decoder: "module.exports = require('string_decoder/')",
  underscore: "module.exports = require('underscore')",
  xml2js: "module.exports = require('xml2js')",
};

// Answered by own/start.js; each library is bundled without the others.
const SHARED = ['assert', 'buffer', 'crypto', 'events', 'moment', 'process', 'process/', 'stream', 'string_decoder', 'timers', 'url', 'util'];

// What a library asks for and does without, at a price in time for each script that would load it.
const LEFT_OUT = { 'iconv-lite': ['stream'] };

const keepShared = (own) => ({
  name: 'shared',
  setup(builder) {
    builder.onResolve({ filter: /.*/ }, ({ path, importer }) => {
      const name = path.replace(/^node:/, '');
      if (!importer && name === own) return undefined;
      // The entry's own require of the package with the shared name.
      if (name === own && importer.endsWith('<stdin>')) return undefined;
      if (LEFT_OUT[own]?.includes(name)) return { path: name, namespace: 'left-out' };
      return SHARED.includes(name) ? { path: name.replace(/\/$/, ''), external: true } : undefined;
    });
    builder.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }));
  },
});

const used = new Set();
for (const file of readdirSync(dist)) if (file !== '.gitignore') rmSync(join(dist, file));
for (const [name, contents] of Object.entries(LIBRARIES)) {
  const result = await build({
    stdin: { contents, resolveDir: here },
    outfile: join(dist, name.replaceAll('/', '__') + '.js'),
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    mainFields: ['browser', 'main', 'module'],
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    define: { global: 'globalThis' },
    plugins: [keepShared(name)],
    metafile: true,
    // Whitespace and names cost nothing in bytecode, and stacks stay readable.
    minify: false,
  });
  for (const input of Object.keys(result.metafile.inputs)) {
    const found = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(input);
    if (found) used.add(found[1].split(sep).join('/'));
  }
}

const texts = [...used].sort().map((name) => {
  const folder = join(here, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version}: ${license}\n\n${text}\n`;
});
writeFileSync(join(dist, 'licences.txt'), texts.join('\n' + '-'.repeat(80) + '\n\n'));
