import { finding } from '../../diagnostic/diagnostic.ts';
import type { Check } from '../check.ts';
import { conditionsOf } from '../common/rules.ts';
import { listed } from '../common/words.ts';

/** A prefix on `source`, where the catalogue knows sources with it: what comes later is taken too, seen by nobody. */
export const sourcePrefix: Check = ({ rules, known }) =>
  rules.flatMap((rule) => {
    const sources = new Set(
      known
        .takenBy(rule)
        .filter(({ contract }) => contract)
        .map(({ type }) => type.source),
    );
    return conditionsOf(rule)
      .filter(({ path }) => path === 'source')
      .flatMap(({ choices }) => choices)
      .flatMap((choice) => {
        if (choice.kind !== 'prefix' || choice.value === '' || choice.value.startsWith('aws.')) return [];
        const taken = [...sources].filter((source) => source.startsWith(choice.value)).sort();
        if (taken.length === 0) return [];
        const list = taken.map((source) => JSON.stringify(source)).join(', ');
        return [
          finding(
            'rule/source-prefix',
            { rule: rule.name, prefix: choice.value, sources: listed(taken) },
            { span: choice.span, identity: rule.name, fix: { text: `list the sources: [${list}]` } },
          ),
        ];
      });
  });
