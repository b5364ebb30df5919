import { sha256 } from '../codegen/text.ts';
import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../json/value.ts';
import type { Plan } from './plan.ts';

/** A plan as text: with a hash of itself, so that what is applied is what was shown. */
export function printPlanFile(plan: Plan, version: string): string {
  // Undefined members do not survive; the reader knows which may be missing.
  const value = JSON.parse(JSON.stringify(plan)) as JsonObject;
  const hash = sha256(canonicalJson(value));
  const file = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    kind: 'registry-plan',
    hash,
    plan: value,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** The plan in a text, or one sentence that says why there is none. */
export function parsePlanFile(text: string): { readonly plan: Plan } | { readonly problem: string } {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return { problem: 'it is not JSON' };
  }
  if (!isObject(value) || value['kind'] !== 'registry-plan')
    return { problem: 'it is no plan of "busproof registry plan --out"' };
  if (value['formatVersion'] !== 1)
    return { problem: 'another version of busproof wrote it: make a new plan' };
  const { plan, hash } = value;
  if (!isObject(plan) || sha256(canonicalJson(plan)) !== hash)
    return { problem: 'it was changed since it was written: make a new plan' };
  return { plan: plan as unknown as Plan };
}
