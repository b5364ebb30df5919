#!/usr/bin/env node
import { processWorld } from '../io/world.ts';
import { runCommandLine } from './run.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), processWorld());
