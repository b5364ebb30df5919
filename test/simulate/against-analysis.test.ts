import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { topologyOf } from '../../src/model/topology.ts';
import { entriesOf } from '../support/agreement.ts';
import { drawn } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { Interpreter, typeOf } from '../support/interpreter.ts';
import { DECISIONS, detailSchemas, eventTypes, systemFrom } from '../support/random-systems.ts';
import { type SystemSketch, systemOf } from '../support/system.ts';
import { entry, play } from './play.ts';

const oracle = enumeratingOracle();
const runs = Number(process.env['BUSPROOF_RANDOM_SYSTEMS'] ?? 120);

/** More events than any of the random systems makes without going round. */
const MANY = 500;

/** PutEvents takes what no schema allows; the analysis counts valid events only. So the schemas allow everything. */
const anyDetail = Object.fromEntries(eventTypes.map((type) => [type, detailSchemas[2]!]));

/** The factor counts every publication; so each has to happen. */
function certain({ functions, ...rest }: SystemSketch): SystemSketch {
  const sure = Object.entries(functions).map(([name, { publishes = [], ...more }]) => [
    name,
    {
      ...more,
      publishes: publishes.map((each) => (typeof each === 'string' ? each : { ...each, probability: 1 })),
    },
  ]);
  return { ...rest, functions: Object.fromEntries(sure) };
}

it('the simulation counts what the analysis says, on random systems', () => {
  let endless = 0;
  let finite = 0;
  fc.assert(
    fc.property(drawn(systemFrom, DECISIONS), (drawnSystem) => {
      const topology = systemOf({ ...certain(drawnSystem), schemas: anyDetail });
      // Without contracts an event has what was put into it, and nothing of an example.
      const bare = topologyOf({ ...topology, contracts: [] });
      const entries = entriesOf(topology, new Interpreter(topology, 7));
      for (const { node, events } of amplifications(analyzeLoops(topology, defaultSettings, oracle))) {
        const event = printEventType(node.type!);
        const coming = entries.filter((each) => each.bus === node.bus && typeOf(each) === event);
        let most = 0;
        for (const { bus, detail } of coming) {
          const entries = [entry({ event, bus, detail })];
          const played = play(bare, { entries, length: 1e12, step: 1e11, stopAt: { events: MANY } });
          most = Math.max(most, played.totals.accepted);
          if (most >= MANY) break;
        }
        if (Number.isFinite(events)) {
          finite++;
          expect(most).toBe(events);
        } else {
          endless++;
          // A loop that does not grow goes on as long as it is let.
          expect(most).toBeGreaterThanOrEqual(MANY);
        }
      }
    }),
    { numRuns: runs },
  );
  expect(Math.min(endless, finite)).toBeGreaterThan(runs / 10);
}, 300_000);
