import type * as fc from 'fast-check';
import type { JsonObject } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { followingStage, PROCESSED, RAW } from '../../runtime/chain.ts';
import { type InvalidEvent, invalidEventArbitrary } from '../arbitrary/invalid-arbitrary.ts';
import { UnsupportedArbitraryError } from '../arbitrary/unsupported.ts';
import { type Check, type CheckGroup, type Skipped, skipped } from './checks.ts';
import type { ConsumerCheckName, ConsumerTestOptions } from './consumer-options.ts';
import type { Plan } from './consumer-plan.ts';
import { hasRoom, withoutField, wrongDepth, wrongStage } from './published.ts';
import { handlingChecks, publishedChecks, refusalChecks } from './sending-checks.ts';

/** Every check of a consumer of one event type. */
export function checksOf(
  contract: Contract,
  plan: Plan,
  options: ConsumerTestOptions,
): readonly (Check | CheckGroup | Skipped)[] {
  const { declared, run } = plan;
  const { isFailure, skip = {} } = options;
  const arbitrary = plan.events(contract, plan.shallow);
  const looks = [...handlingChecks, ...publishedChecks(declared), depthCheck(plan), stageCheck(plan)];
  const why = (name: string): string | undefined =>
    skip[name as ConsumerCheckName] ?? looks.find((look) => look.name === name)?.without;
  const others = [
    ...refusalChecks({ isFailure, inputs: arbitrary, run }),
    maxDepthCheck(contract, plan),
    // Finding out what can be broken takes a while.
    why('invalidEvents') === undefined ? invalidCheck(contract, plan, options) : undefined,
    ...(options.repeat === 'safe' ? [repeatCheck(arbitrary, plan)] : []),
  ];
  return [
    { arbitrary, run, checks: looks.filter(({ name }) => why(name) === undefined) },
    ...looks.flatMap(({ name, title }) =>
      why(name) === undefined ? [] : [skipped(name, title, why(name)!)],
    ),
    ...others.map((check) => {
      if (check === undefined) return skipped('invalidEvents', INVALID, why('invalidEvents')!);
      if ('verdict' in check) return check;
      const { name, title } = check;
      return why(name) === undefined ? check : skipped(name, title, why(name)!);
    }),
  ];
}

const INVALID = 'nothing is published for invalid events';

function detailOf(event: unknown): JsonObject {
  return (event as { detail: JsonObject }).detail;
}

type Look = CheckGroup['checks'][number];

function depthCheck({ declared, fields }: Plan): Look {
  return {
    name: 'depth',
    title: `what is published is one deeper (${fields.depth})`,
    without: withoutField(declared, fields.depth),
    problem(invocation, event) {
      const received = Number(detailOf(event)[fields.depth] ?? 0);
      return wrongDepth(declared, invocation, received + 1, fields);
    },
  };
}

function stageCheck({ declared, fields, stages, callsModel }: Plan): Look {
  return {
    name: 'stage',
    title: `what is published is of the right stage (${fields.stage})`,
    without: withoutField(declared, fields.stage),
    problem(invocation, event) {
      const received = String(detailOf(event)[fields.stage] ?? RAW);
      const said = (type: string) => stages.get(type) ?? (callsModel ? PROCESSED : undefined);
      return wrongStage(declared, invocation, (type) => followingStage(received, said(type)), fields);
    },
  };
}

function maxDepthCheck(contract: Contract, { max, fields, run, events }: Plan): Check | Skipped {
  const title = `nothing is published for events at ${fields.depth} ${max} or deeper`;
  const deep = {
    properties: { [fields.depth]: { type: 'integer', minimum: max } },
    required: [fields.depth],
  };
  if (!hasRoom(contract, fields.depth))
    return skipped('maxChainDepth', title, `its schema has no ${fields.depth}`);
  const arbitrary = orWhy(() => events(contract, deep));
  if (typeof arbitrary === 'string') return skipped('maxChainDepth', title, arbitrary);
  return {
    name: 'maxChainDepth',
    title,
    arbitrary,
    shown: (event) => event,
    async problem(event) {
      const { sent } = await run(event);
      return sent.length === 0
        ? undefined
        : `it published ${sent[0]!.type} at depth ${detailOf(event)[fields.depth]}`;
    },
  };
}

function invalidCheck(
  contract: Contract,
  { run, fields, max }: Plan,
  options: ConsumerTestOptions,
): Check | Skipped {
  const title = INVALID;
  const arbitrary = orWhy(() => invalidEventArbitrary(contract, options));
  if (typeof arbitrary === 'string') return skipped('invalidEvents', title, arbitrary);
  return {
    name: 'invalidEvents',
    title,
    arbitrary,
    shown: (sample) => (sample as InvalidEvent).event,
    async problem(sample) {
      const { event, broken } = sample as InvalidEvent;
      const depth = detailOf(event)[fields.depth];
      // Too deep is another check's business.
      if (typeof depth === 'number' && depth >= max) return undefined;
      const { sent } = await run(event);
      if (sent.length === 0) return undefined;
      return `it published ${sent[0]!.type} for an event that breaks "${broken.keyword}" at ${broken.path} (${broken.constraint})`;
    },
  };
}

function repeatCheck(arbitrary: fc.Arbitrary<unknown>, { run }: Plan): Check {
  return {
    name: 'repeat',
    title: 'nothing is published when an event is delivered twice',
    arbitrary,
    shown: (event) => event,
    async problem(event) {
      await run(event);
      const [sent] = (await run(event)).sent;
      return sent && `it published ${sent.type} again: EventBridge delivers at least once`;
    },
  };
}

function orWhy<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnsupportedArbitraryError) return error.reason;
    throw error;
  }
}
