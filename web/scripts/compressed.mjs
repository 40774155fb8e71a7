// Compresses what was built, so that the server sends it as it lies (crates/server/src/http/assets.rs).
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const KINDS = /\.(js|css|svg|html|json|txt)$/;
/** Smaller files are not worth a decoder's start. */
const LEAST = 1024;

export function compressed() {
  let folder = "dist";
  return {
    name: "closer-compressed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    async closeBundle() {
      for (const file of await readdir(folder, { recursive: true })) {
        if (!KINDS.test(file)) continue;
        const path = join(folder, file);
        const plain = await readFile(path);
        if (plain.length < LEAST) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(plain, { params }));
        await writeFile(`${path}.gz`, await promisify(gzip)(plain, { level: 9 }));
      }
    },
  };
}
