// node openapi.mjs NODE_FOLDER FILE...: each is a valid OpenAPI 3.1 document, its references lead somewhere, no operationId
// stands twice. Says what is wrong, ends with 1.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(folder + '/');
const { Validator } = await import(pathToFileURL(require.resolve('@seriousme/openapi-schema-validator')).href);
let wrong = 0;

function fail(file, why) {
  wrong++;
  console.log(`${file}: ${why}`);
}

function walk(file, document, node) {
  if (!node || typeof node !== 'object') return;
  if (typeof node.$ref === 'string') {
    const end = node.$ref.slice(2).split('/').reduce((at, key) => at && at[key], document);
    if (!node.$ref.startsWith('#/') || end === undefined) fail(file, `nothing is at ${node.$ref}`);
  }
  Object.values(node).forEach((child) => walk(file, document, child));
}

for (const file of files) {
  const document = JSON.parse(readFileSync(file, 'utf8'));
  const result = await new Validator().validate(document);
  if (!result.valid) fail(file, JSON.stringify(result.errors).slice(0, 2000));
  if (document.openapi !== '3.1.0') fail(file, `version ${document.openapi}`);
  walk(file, document, document);
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
  if (new Set(ids).size !== ids.length) fail(file, 'an operationId stands twice');
  console.log(`${file}: ${ids.length} operations`);
}
process.exit(wrong ? 1 : 0);
