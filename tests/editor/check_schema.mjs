// Checks the schema as an editor uses it, with the JSON language service of Visual Studio Code: shipped documents have no
// findings, a mistake has one good message, and what can stand at a place is offered there.
//
//   node check_schema.mjs SCHEMA DOCUMENT...
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import process from 'node:process';

const require = createRequire(process.cwd() + '/');
const {getLanguageService, TextDocument} = require('vscode-json-languageservice');

const [schemaFile, ...documents] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const service = getLanguageService({});
service.configure({allowComments: true, schemas: [{uri: 'skein', fileMatch: ['*.json'], schema}]});

let failures = 0;
function check(what, condition, shown) {
  if (condition) return;
  failures += 1;
  console.error(`${what}: ${shown}`);
}

function open(text, name = 'test.json') {
  const document = TextDocument.create(`file:///${name}`, 'jsonc', 1, text);
  return [document, service.parseJSONDocument(document)];
}

async function messages(text, name) {
  const [document, json] = open(text, name);
  const found = await service.doValidation(document, json, {comments: 'ignore', trailingCommas: 'error'});
  return found.map((item) => `${document.getText(item.range)}: ${item.message}`);
}

/// The labels offered at the place of `|` in the text.
async function completions(text) {
  const [document, json] = open(text.replace('|', ''));
  const list = await service.doComplete(document, document.positionAt(text.indexOf('|')), json);
  return list.items.map((item) => item.label.replaceAll('"', ''));
}

for (const file of documents) {
  const found = await messages(readFileSync(file, 'utf8'), file);
  check(file, found.length === 0, found.join('; '));
}

const run = (members) => `{"format": "skein/1", "algorithm": "particle_swarm", "problem": "sphere", ${members}}`;
const node = (text) => `{"format": "skein/1", "graph": "g", "nodes": {"a": ${text}}, "flow": ["a"]}`;
const mistakes = [
  [run('"sed": 1'), /sed.*not allowed/],
  [run('"seed": "one"'), /Incorrect type. Expected "integer"/],
  [run('"stop": {"iteration": 3}'), /iteration.*not allowed/],
  [run('"on_error": "retri"'), /Valid values: "abort", "retry", "worst"/],
  [run('"denormals": "flash"'), /Valid values: "flush", "keep"/],
  ['{"format": "skein/2", "algorithm": "particle_swarm", "problem": "sphere"}', /Valid values: "skein\/1"/],
  ['{"format": "skein/1", "algorithm": "particle_swarm"}', /Missing property "problem"/],
  ['{"format": "skein/1", "algorithm": "particle_swarm", "problem": "spher"}', /sphere/],
  ['{"format": "skein/1", "algorithm": "particle_swarm", "problem": {"name": "sphere", "parameters": {"uper": 3}}}',
    /uper.*not allowed/],
  ['{"format": "skein/1", "algorithm": "particle_swarm", "problem": {"name": "sphere", "dimension": 0}}', /minimum of 1/],
  ['{"format": "skein/1", "algorithm": {"name": "particle_swarm", "parameters": {"swarm_sise": 3}}, "problem": "sphere"}',
    /swarm_sise.*not allowed/],
  ['{"format": "skein/1", "algorithm": {"name": "particle_swarm", "slots": {"evaluater": null}}, "problem": "sphere"}',
    /evaluater.*not allowed/],
  [node('{"operator": "vector_ad"}'), /vector_add/],
  [node('{"operator": "vector_add", "in": {"frist": "x"}}'), /frist.*not allowed/],
  [node('{"operator": "resize_population"}'), /Missing property "parameters"/],
  [node('{"operator": "resize_population", "parameters": {"rows": 2, "keep": "wurst"}}'), /"first", "best"/],
  [node('{"operator": "resize_population", "parameters": {"rows": 0}}'), /minimum of 1/],
  [node('{"operater": "vector_add"}'), /operater.*not allowed/],
  [node('{"parameters": {}}'), /Missing property "operator"/],
  ['{"format": "skein/1", "algorithm": "particle_swarm", "problm": "sphere"}', /problm.*not allowed/],
];
for (const [text, expected] of mistakes) {
  const found = await messages(text);
  check(text, found.length === 1 && expected.test(found[0]), `found ${JSON.stringify(found)}`);
}

const offers = [
  ['{"format": "skein/1", |}', ['algorithm', 'problem', 'seed', 'stop']],
  ['{"format": "skein/1", "algorithm": "|"}', ['particle_swarm']],
  ['{"format": "skein/1", "problem": {"name": "|"}}', ['rastrigin', 'sphere']],
  ['{"format": "skein/1", "problem": {"name": "sphere", "parameters": {|}}}', ['lower', 'upper', 'negate']],
  ['{"format": "skein/1", "algorithm": {"name": "particle_swarm", "parameters": {|}}}', ['swarm_size', 'inertia']],
  ['{"format": "skein/1", "algorithm": {"name": "particle_swarm", "slots": {"topology_initializer": |}}}', ['ring']],
  ['{"format": "skein/1", "algorithm": {"name": "particle_swarm", "slots": {|}}}', ['topology_initializer', 'evaluator']],
  [node('{|}'), ['operator', 'graph', 'slot']],
  [node('{"operator": "|"}'), ['vector_add', 'clamp']],
  [node('{"operator": "clamp", "in": {|}}'), ['lower', 'upper']],
  [node('{"operator": "resize_population", "parameters": {"keep": |}}'), ['first', 'best']],
  ['{"format": "skein/1", "graph": "g", "slots": {"a": {"role": "|"}}}', ['evaluator', 'particle_updater']],
  ['{"format": "skein/1", "graph": "g", "variables": {"a": "|"}}', ['real', 'boolean']],
];
for (const [text, expected] of offers) {
  const found = await completions(text);
  const missing = expected.filter((label) => !found.includes(label));
  check(text, missing.length === 0, `does not offer ${missing.join(', ')}, but ${found.slice(0, 20).join(', ')}`);
}

console.log(failures === 0 ? `${documents.length} documents, ${mistakes.length} mistakes, ${offers.length} completions: right`
                           : `${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
