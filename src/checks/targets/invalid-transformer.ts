import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { hasHole } from '../../json/holes.ts';
import { nearest } from '../../json/nearest.ts';
import type { InputShaping } from '../../model/route.ts';
import type { Check } from '../check.ts';
import { type RuleTarget, ruleTargets } from './rule-targets.ts';

type Transformer = Extract<InputShaping, { kind: 'transformer' }>;

/** `<name>`, as the service reads it: no blank, no further bracket. */
const PLACEHOLDER = /<([^<>\s]+)>/g;

/**
 * Input transformers that PutTargets refuses, and placeholders that no path defines.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export const invalidTransformer: Check = ({ topology }) =>
  ruleTargets(topology).flatMap((each) => {
    const { shaping } = each.target;
    return shaping.kind === 'transformer' ? problemsOf(shaping, each) : [];
  });

function problemsOf(transformer: Transformer, { rule, target }: RuleTarget): Diagnostic[] {
  const { paths, template, span } = transformer;
  const name = `${rule.name} (target ${target.id})`;
  const refused = (problem: string): Diagnostic =>
    finding(
      'target/invalid-transformer',
      { target: name, problem },
      { span, identity: `${rule.name} ${target.id} ${problem}` },
    );
  const found: Diagnostic[] = [];
  for (const [key, path] of Object.entries(paths)) {
    if (/^aws/i.test(key)) found.push(refused(`the variable "${key}" begins with AWS, which is reserved`));
    if (!hasHole(path) && !path.startsWith('$'))
      found.push(refused(`"${path}" is no JSON path: it begins with $`));
  }
  if (template === '' || hasHole(template)) return found;
  if (!isTemplate(template)) {
    found.push(
      refused('its template is neither JSON nor lines of quoted text, once the placeholders are filled'),
    );
  }
  for (const used of placeholdersOf(template)) {
    if (used.startsWith('aws.events.') || Object.hasOwn(paths, used)) continue;
    const params = { target: name, name: used, nearest: nearest(used, Object.keys(paths)) ?? null };
    found.push(
      finding('target/undefined-placeholder', params, {
        span,
        identity: `${rule.name} ${target.id} ${used}`,
      }),
    );
  }
  return found;
}

function placeholdersOf(template: string): Set<string> {
  return new Set(Array.from(template.matchAll(PLACEHOLDER), (match) => match[1]!));
}

/** JSON with placeholders for values, or texts in quotes, each on a line of its own. */
function isTemplate(template: string): boolean {
  const filled = fill(template);
  if (isJson(filled)) return true;
  return filled
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .every((line) => isJson(line.trim().replace(/,$/, '')));
}

/** Inside of quotes a placeholder is text; outside it is a value, which may be anything. */
function fill(template: string): string {
  let filled = '';
  let quoted = false;
  for (let i = 0; i < template.length; i++) {
    const rest = template.slice(i, i + 300);
    const placeholder = /^<[^<>\s]+>/.exec(rest)?.[0];
    if (placeholder) {
      filled += quoted ? 'x' : '0';
      i += placeholder.length - 1;
      continue;
    }
    const character = template[i]!;
    if (character === '\\' && quoted) {
      filled += character + (template[++i] ?? '');
      continue;
    }
    if (character === '"') quoted = !quoted;
    // A line break inside of quotes is text to the service.
    filled += quoted && /[\n\r\t]/.test(character) ? ' ' : character;
  }
  return filled;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
