// Events per second from their schemas, beside json-schema-faker on the same schemas, and how many of them are valid.
//   node bench/testing.mjs [events per schema]
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { createGeneratorSync } from 'json-schema-faker';
import { eventArbitrary } from '../dist/testing/arbitrary/event-arbitrary.js';
import { invalidEventArbitrary } from '../dist/testing/arbitrary/invalid-arbitrary.js';
import { schemaArbitrary } from '../dist/testing/arbitrary/schema-arbitrary.js';
import { contractOf } from '../dist/testing/contracts.js';

const events = Number(process.argv[2] ?? 400);
const folder = fileURLToPath(new URL('../schemas/mangaassist/', import.meta.url));
const read = (path) => JSON.parse(readFileSync(folder + path, 'utf8'));
const common = read('common.json');

/** MangaAssist's schemas, each on its own: what they share is put into them, for tools that read no other files. */
const schemas = readdirSync(folder)
  .filter((name) => name.startsWith('mangaassist.'))
  .flatMap((source) =>
    readdirSync(folder + source)
      .filter((name) => !name.endsWith('.examples.json'))
      .map((name) => ({ source, detailType: name.slice(0, -5), schema: alone(read(`${source}/${name}`)) })),
  );

function alone({ $id: _id, examples: _examples, ...schema }) {
  const own = JSON.parse(JSON.stringify(schema).replaceAll('../common.json#', '#'));
  return { ...own, $defs: { ...common.$defs, ...own.$defs } };
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const validators = schemas.map(({ schema }) => ajv.compile(schema));

const cpu = () => process.cpuUsage().user / 1e6;
const row = (what, value, more = '') => console.log(`  ${what.padEnd(44)} ${value.padStart(16)}  ${more}`);
const count = (value) => Math.round(value).toLocaleString('en');

/** Draws of each schema by CPU time, warm; and how many of them Ajv calls valid. */
function measure(what, makers) {
  for (const make of makers) make(20);
  let [seconds, made, valid] = [0, 0, 0];
  for (const [i, make] of makers.entries()) {
    const start = cpu();
    const values = make(events);
    seconds += cpu() - start;
    made += values.length;
    valid += values.filter((value) => validators[i](value) === true).length;
  }
  row(what, `${count(made / seconds)} a second`, `${((100 * valid) / made).toFixed(1)} % valid`);
  return made / seconds;
}

const start = cpu();
const arbitraries = schemas.map(({ schema }) => schemaArbitrary(schema));
row(
  'an arbitrary of one schema',
  `${(((cpu() - start) * 1000) / schemas.length).toFixed(0)} ms`,
  'made once',
);
const ours = measure(
  'schemaArbitrary, each confirmed by Ajv',
  arbitraries.map((arbitrary) => (numRuns) => fc.sample(arbitrary, { numRuns, seed: 1 })),
);
measure(
  'eventArbitrary: the same in an envelope',
  schemas.map((each) => {
    const arbitrary = eventArbitrary(contractOf(each));
    return (numRuns) => fc.sample(arbitrary, { numRuns, seed: 1 }).map(({ detail }) => detail);
  }),
);
measure(
  'invalidEventArbitrary: one constraint broken',
  schemas.map((each) => {
    const arbitrary = invalidEventArbitrary(contractOf(each));
    return (numRuns) => fc.sample(arbitrary, { numRuns, seed: 1 }).map(({ event }) => event.detail);
  }),
);
const theirs = measure(
  'json-schema-faker',
  schemas.map(({ schema }, i) => {
    const generator = createGeneratorSync({ seed: i + 1 });
    return (numRuns) => Array.from({ length: numRuns }, () => generator.generate(schema));
  }),
);
row('schemaArbitrary to json-schema-faker', `${(ours / theirs).toFixed(2)}×`);
