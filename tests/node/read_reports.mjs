// read_reports.mjs MODULES FOLDER
//
// Reads every .tap and .md file of FOLDER with tap-parser and markdown-it, out
// of the folder MODULES (a node_modules), and prints one JSON object: what the
// parsers understood, by file name. Judges nothing: tests/scripts/reports.py.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [modules, folder] = process.argv.slice(2);
const require = createRequire(join(modules, 'x.js'));
const { Parser } = require('tap-parser');
const MarkdownIt = require('markdown-it');

function readTap(text) {
  const points = [];
  const extra = [];
  const parser = new Parser({ strict: true });
  parser.on('assert', (point) =>
    points.push({
      ok: point.ok,
      skip: point.skip,
      todo: point.todo,
      name: point.name,
      diag: point.diag,
    }),
  );
  parser.on('extra', (line) => extra.push(line));
  parser.end(text);
  const { ok, plan, failures } = parser.results;
  return {
    ok,
    plan: [plan.start, plan.end],
    points,
    extra,
    // Those of the protocol itself; failed points have an id.
    broken: failures.filter((failure) => failure.tapError),
  };
}

function readMarkdown(text) {
  // As generous as the readers of tickets: raw HTML and bare links count.
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(text, {});
  const page = { headings: [], rows: [], code: [], kinds: {} };
  let cells = null;
  let heading = null;
  for (const token of tokens) {
    page.kinds[token.type] = (page.kinds[token.type] ?? 0) + 1;
    for (const child of token.children ?? []) {
      page.kinds[child.type] = (page.kinds[child.type] ?? 0) + 1;
    }
    const text = (token.children ?? [])
      .filter((child) => child.type.startsWith('text'))
      .map((child) => child.content)
      .join('');
    if (token.type === 'heading_open') heading = token.tag;
    else if (token.type === 'tr_open') cells = [];
    else if (token.type === 'tr_close') {
      page.rows.push(cells);
      cells = null;
    } else if (token.type === 'fence') page.code.push(token.content);
    else if (token.type === 'inline') {
      if (cells) cells.push(text);
      else if (heading) page.headings.push([heading, text]);
      heading = null;
    }
  }
  return page;
}

const understood = {};
for (const name of readdirSync(folder)) {
  const text = () => readFileSync(join(folder, name), 'utf8');
  if (name.endsWith('.tap')) understood[name] = readTap(text());
  if (name.endsWith('.md')) understood[name] = readMarkdown(text());
}
process.stdout.write(JSON.stringify(understood));
