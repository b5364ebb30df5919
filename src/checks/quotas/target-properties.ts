import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { hasHole } from '../../json/holes.ts';
import type { Target } from '../../model/route.ts';
import type { Check } from '../check.ts';
import { ruleTargets } from '../targets/rule-targets.ts';

/** From the service's API model: characters, and variables of an input transformer. */
const INPUT = 8_192;
const PATH = 256;
const VARIABLES = 100;

const retries = [
  ['maxAttempts', 'MaximumRetryAttempts', 0, 185],
  ['maxAgeSeconds', 'MaximumEventAgeInSeconds', 60, 86_400],
] as const;

/** Inputs, paths and retry policies that PutTargets refuses. */
export const targetProperties: Check = ({ topology }) =>
  ruleTargets(topology).flatMap(({ rule, target }) => {
    const name = `${rule.name} (target ${target.id})`;
    const tooLong = lengthsOf(target)
      .filter(({ length, limit }) => length > limit)
      .map(({ what, length, limit, unit }) =>
        finding(
          'quota/length',
          { what: `the ${what} of ${name}`, length, limit, unit },
          { span: 'span' in target.shaping ? target.shaping.span : target.span, identity: `${name} ${what}` },
        ),
      );
    return [...tooLong, ...retryFindings(target, name)];
  });

interface Length {
  readonly what: string;
  readonly length: number;
  readonly limit: number;
  readonly unit: string;
}

function lengthsOf({ shaping }: Target): Length[] {
  const unit = 'characters';
  if (shaping.kind === 'constant')
    return [{ what: 'Input', length: lengthOf(shaping.text), limit: INPUT, unit }];
  if (shaping.kind === 'path')
    return [{ what: 'InputPath', length: lengthOf(shaping.path), limit: PATH, unit }];
  if (shaping.kind !== 'transformer') return [];
  return [
    { what: 'InputTemplate', length: lengthOf(shaping.template), limit: INPUT, unit },
    { what: 'InputPathsMap', length: Object.keys(shaping.paths).length, limit: VARIABLES, unit: 'variables' },
  ];
}

/** What is only known at deployment may be shorter than what stands for it. */
function lengthOf(text: string): number {
  return hasHole(text) ? 0 : text.length;
}

function retryFindings({ retry, span }: Target, target: string): Diagnostic[] {
  return retries.flatMap(([key, what, least, most]) => {
    const value = retry?.[key];
    if (value === undefined || (value >= least && value <= most)) return [];
    return [
      finding('quota/retry', { target, what, value, least, most }, { span, identity: `${target} ${what}` }),
    ];
  });
}
