import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { eventTypes, randomSystem } from '../support/random-systems.ts';
import { systemOf } from '../support/system.ts';
import { entry, play } from './play.ts';

const oracle = enumeratingOracle(eventTypes);
const runs = Number(process.env['BUSPROOF_RANDOM_SYSTEMS'] ?? 500);

/** More events than any of the random systems makes without going round. */
const MANY = 3000;

it('the simulation counts what the analysis says, on random systems', () => {
  let endless = 0;
  fc.assert(
    fc.property(randomSystem, (sketch) => {
      const topology = systemOf(sketch);
      for (const { node, events } of amplifications(analyzeLoops(topology, defaultSettings, oracle))) {
        const event = printEventType(node.type!);
        const counts = ['raw', 'processed'].map((processing_stage) => {
          const entries = [entry({ event, detail: { processing_stage, _chain_depth: 0 } })];
          return play(topology, { entries, length: 1e12, step: 1e10, stopAt: { events: MANY } });
        });
        const most = Math.max(...counts.map(({ totals }) => totals.accepted));
        if (Number.isFinite(events)) expect(most).toBe(events);
        else {
          endless++;
          // An endless loop that does not grow goes on as long as it is let.
          expect(most).toBeGreaterThanOrEqual(MANY);
        }
      }
    }),
    { numRuns: runs },
  );
  expect(endless).toBeGreaterThan(runs / 20);
}, 300_000);
