import { accountFindings } from './findings/account.ts';
import { amplificationFindings } from './findings/amplification.ts';
import { apiFindings } from './findings/api.ts';
import { breakingFindings } from './findings/breaking.ts';
import { configFindings } from './findings/config.ts';
import { driftFindings } from './findings/drift.ts';
import { eventFindings } from './findings/event.ts';
import { inputFindings } from './findings/input.ts';
import { loopFindings } from './findings/loop.ts';
import { patternFindings } from './findings/pattern.ts';
import { publisherFindings } from './findings/publisher.ts';
import { quotaFindings } from './findings/quota.ts';
import { registryFindings } from './findings/registry.ts';
import { ruleFindings } from './findings/rule.ts';
import { schemaFindings } from './findings/schema.ts';
import { targetFindings } from './findings/target.ts';
import { templateFindings } from './findings/template.ts';
import { topologyFindings } from './findings/topology.ts';

/**
 * All findings of the tool: one row a code, one page a code in docs/findings. Facts are given where a finding is
 * made; the words are here.
 */
export const findings = {
  ...inputFindings,
  ...configFindings,
  ...patternFindings,
  ...schemaFindings,
  ...templateFindings,
  ...topologyFindings,
  ...ruleFindings,
  ...targetFindings,
  ...eventFindings,
  ...quotaFindings,
  ...apiFindings,
  ...publisherFindings,
  ...loopFindings,
  ...amplificationFindings,
  ...breakingFindings,
  ...registryFindings,
  ...accountFindings,
  ...driftFindings,
} as const;

export type Code = keyof typeof findings;

/** The facts a code's sentence is made of. */
export type ParamsOf<C extends Code> = Parameters<(typeof findings)[C]['message']>[0];

/** Whether a text is the code of a finding. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(findings, text);
}
