import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { nearest } from '../../json/nearest.ts';
import { equalJson, type JsonValue } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { printChoice } from '../../pattern/canonical.ts';
import type { Choice, Condition } from '../../pattern/pattern.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { fieldFacts } from '../../schema/fields.ts';
import type { Check } from '../check.ts';
import { contractsOf } from '../common/contracts-of.ts';
import { conditionsOf, type PatternRule, plainText } from '../common/rules.ts';
import { listed } from '../common/words.ts';

/** Plain values in a pattern that a field never has, since every schema in question lists its values. */
export const impossibleValue: Check = (context) =>
  context.rules.flatMap((rule) => {
    const contracts = contractsOf(rule, context);
    if (contracts.length === 0) return [];
    return conditionsOf(rule).flatMap((condition) => impossible(rule, condition, contracts));
  });

function impossible(rule: PatternRule, condition: Condition, contracts: readonly Contract[]): Diagnostic[] {
  const { path, choices } = condition;
  if (!path.startsWith('detail.')) return [];
  const plain = choices.flatMap((choice) => {
    const value = plainValue(choice);
    return value === undefined ? [] : [{ choice, value }];
  });
  if (plain.length === 0) return [];
  const values: JsonValue[] = [];
  for (const { schema } of contracts) {
    const compiled = compiledOnce(schema);
    const facts = compiled && fieldFacts(compiled, path.split('.'));
    if (facts?.declared !== 'yes' || !facts.values) return [];
    values.push(...facts.values.flatMap((value) => (Array.isArray(value) ? value : [value])));
  }
  return plain
    .filter(({ value }) => !values.some((each) => equalJson(each, value)))
    .map(({ choice, value }) => {
      const texts = values.filter((each) => typeof each === 'string');
      const like = typeof value === 'string' ? nearest(value, texts) : undefined;
      const params = {
        rule: rule.name,
        path,
        value: printChoice(choice),
        values: listed(
          values.map((each) => JSON.stringify(each)),
          12,
        ),
        nearest: like === undefined ? null : JSON.stringify(like),
      };
      return finding('rule/impossible-value', params, {
        span: choice.span,
        label: 'no event has this value',
        identity: `${rule.name} ${path} ${printChoice(choice)}`,
        related: contracts.slice(0, 3).map(({ id, span }) => ({ span, message: `the schema of ${id}` })),
      });
    });
}

/** Choices that stand for exactly one value. Addresses and numbers in unusual spellings are left to the algebra. */
function plainValue(choice: Choice): JsonValue | undefined {
  if (choice.kind === 'string' && choice.address) return undefined;
  if (choice.kind === 'number') return choice.number.comparable ? choice.number.value : undefined;
  if (choice.kind === 'literal') return choice.value;
  return plainText(choice);
}
