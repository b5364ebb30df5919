// The benchmarks: all of them, or those named on the command line with their arguments.
//   npm run bench [name [arguments]]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Name → file; node's own options where one needs them. */
const benches = {
  patterns: { file: 'patterns.mjs', node: ['--expose-gc', '--max-old-space-size=4096'] },
  check: { file: 'check.mjs', node: [] },
  graph: { file: 'graph.mjs', node: [] },
  codegen: { file: 'codegen.mjs', node: [] },
  registry: { file: 'registry.mjs', node: [] },
  sets: { file: 'sets.mjs', node: [] },
  testing: { file: 'testing.mjs', node: [] },
  simulate: { file: 'simulate.mjs', node: [] },
};

const [name, ...rest] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(benches, name)) {
  console.error(`no benchmark is called "${name}"; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
let failed = false;
for (const [each, { file, node }] of Object.entries(benches)) {
  if (name !== undefined && each !== name) continue;
  console.log(`\n${each}`);
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, [...node, path, ...rest], { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
