import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { HELPERS } from "./helpers";
import { readTemplate } from "./read";

const ROOT = join(import.meta.dirname, "../../../..");
const mistakes = (source: string, secrets = false) => readTemplate(source, { secrets }).mistakes.map((one) => `${one.kind}@${one.from}${one.what && ` ${one.what}`}`);

interface Case {
  name: string;
  template: string;
  output?: string;
  error?: unknown;
}
const { cases } = JSON.parse(readFileSync(join(ROOT, "fixtures/templates/handlebars.json"), "utf8")) as { cases: Case[] };
/** Where templates.md extends the grammar. */
const EXTENDED = /^(?:arr-closer|arr-closer-nested|fn-call)$/;
/** Helpers and partials that only that file's tests know. */
const OWN = /\$block|concat|hash|\bbp\b|raw|my-helper|ns[./]helper|reg|missing|>/;

test("what Handlebars takes is taken, what it refuses is told", () => {
  const wrong = cases
    .filter(({ name, template }) => !OWN.test(template) && !EXTENDED.test(name))
    .filter(({ template, error }) => mistakes(template).length > 0 !== (error !== undefined))
    .map(({ name, template, error }) => ({ name, template, error, found: mistakes(template) }));
  expect(wrong).toEqual([]);
});

test("the helpers are the engine's", () => {
  const source = readFileSync(join(ROOT, "crates/engine/src/template/helpers.rs"), "utf8");
  const body = source.slice(source.indexOf("fn named"), source.indexOf("_ => return None"));
  const engine = [...body.matchAll(/^\s+"([^"]+)" =>/gm)].map((found) => found[1] ?? "");
  expect(HELPERS.map((helper) => helper.name).sort()).toEqual(engine.sort());
});

test("extensions of ours are no mistakes", () => {
  for (const source of [
    "{{poets[0]}}",
    "{{a.b[2].c}}",
    "{{#if ($eq a b)}}x{{else if (RAND(1,2))}}y{{else}}z{{/if}}",
    '{{JOSA(params.product, "을")}}',
    "{{TRUNCATE(FORMAT(n), 5)}}",
    "{{carts[i].name}} {{carts[0..5].price}}",
    "{{이름}}님",
    "\\{{not a tag",
    "{{! a } comment }} {{!-- {{x}} --}}",
    "{{#each items as |item at|}}{{at}}{{item.name}}{{/each}}",
    "{{DATE()}}{{#unless x}}{{/unless}}",
    '{{#*inline "row"}}{{name}}{{/inline}}{{> row}}',
  ]) {
    expect([source, mistakes(source)]).toEqual([source, []]);
  }
});

test("a mistake is told where it stands", () => {
  expect(mistakes("안녕 {{name")).toEqual(["tagNotClosed@3"]);
  expect(mistakes("{{#if x}}y")).toEqual(["blockNotClosed@0 if"]);
  expect(mistakes("{{/if}}")).toEqual(["nothingToClose@0 /if"]);
  expect(mistakes("{{else}}")).toEqual(["nothingToClose@0 else"]);
  expect(mistakes("{{#if x}}{{/each}}")).toEqual(["wrongClose@9 each"]);
  expect(mistakes("{{#if x}}{{#each y}}{{/if}}")).toEqual(["blockNotClosed@9 each"]);
  expect(mistakes("{{UPPER(name)}}")).toEqual(["unknownHelper@2 UPPER"]);
  expect(mistakes("{{JOSA(name)}}")).toEqual(["arguments@2 JOSA"]);
  expect(mistakes("{{JOSA name}}")).toEqual(["arguments@2 JOSA"]);
  expect(mistakes("{{name.}}")).toEqual(["unexpected@7 }}"]);
  expect(mistakes("{{a b}} {{c d}}")).toEqual(["unknownHelper@2 a", "unknownHelper@10 c"]);
  expect(mistakes("{{}}")).toEqual(["unexpected@2 }}"]);
  expect(mistakes('{{QUOTE("x)}}')).toEqual(["textNotClosed@8"]);
});

test("secrets stand alone, by name, in HTTP nodes", () => {
  expect(mistakes('{{SECRET("KEY")}}', true)).toEqual([]);
  expect(mistakes('{{SECRET("KEY")}}')).toEqual(["secretOutside@2"]);
  expect(mistakes("{{SECRET(name)}}", true)).toEqual(["secretName@2"]);
  expect(mistakes('{{ESCAPE(SECRET("KEY"))}}', true)).toEqual(["secretWrapped@2"]);
});

test("what is coloured does not overlap and covers its words", () => {
  const source = '{{#if ($eq a "b")}}{{JOSA(params.x, "을")}}{{else}}{{12}}{{/if}}{{!c}}\\{{x}}';
  const { marks } = readTemplate(source);
  marks.reduce((end, mark) => {
    expect(mark.from).toBeGreaterThanOrEqual(end);
    return mark.to;
  }, 0);
  const words = marks.filter((mark) => mark.kind !== "brace").map((mark) => `${mark.kind}:${source.slice(mark.from, mark.to)}`);
  expect(words).toEqual([
    "block:#",
    "block:if",
    "helper:$eq",
    "path:a",
    'string:"b"',
    "helper:JOSA",
    "path:params.x",
    'string:"을"',
    "block:else",
    "number:12",
    "block:/if",
    "comment:{{!c}}",
    "escaped:\\{{",
  ]);
});
