#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// Most runs are over in less time than V8 spends on optimising them: let code run longer before it is optimised.
// Measured on the bundled example: a quarter less CPU; long runs still get there within milliseconds.
setFlagsFromString('--interrupt-budget=1000000');

const [{ processWorld }, { runCommandLine }] = await Promise.all([
  import('../io/world.ts'),
  import('./run.ts'),
]);

process.exitCode = await runCommandLine(process.argv.slice(2), processWorld());
