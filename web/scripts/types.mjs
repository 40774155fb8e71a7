// Makes src/api/schema.gen.ts from openapi.json, or, with --check, says whether it is as it would be made.
//
// The generator wants an older TypeScript than the console does, so that it lives in tools/api-types by itself.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const at = (path) => new URL(path, import.meta.url);
const OUT = at("../src/api/schema.gen.ts");

export async function generate() {
  const { default: openapiTS, astToString } = await import("../tools/api-types/node_modules/openapi-typescript/dist/index.mjs");
  const nodes = await openapiTS(at("../../openapi.json"), { alphabetize: true, rootTypes: false, emptyObjectsUnknown: true });
  return `// Made by \`npm run types\` from openapi.json. Do not edit.\n\n${astToString(nodes)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await generate();
  if (process.argv.includes("--check")) {
    if ((await readFile(OUT, "utf8")) !== made) {
      console.error("src/api/schema.gen.ts is not what openapi.json says: run `npm run types` in web/");
      process.exitCode = 1;
    }
  } else {
    await writeFile(OUT, made);
  }
}
