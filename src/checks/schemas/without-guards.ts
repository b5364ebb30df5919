import { finding } from '../../diagnostic/diagnostic.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { fieldFacts } from '../../schema/fields.ts';
import type { Check } from '../check.ts';
import { usesField } from '../common/conventions.ts';

/** Schemas without the chain depth or the processing stage, in systems where other schemas or rules have them. */
export const withoutGuards: Check = (context) => {
  const { topology, settings } = context;
  const wanted = [settings.depthField, settings.stageField].filter((field) => usesField(field, context));
  if (wanted.length === 0) return [];
  return topology.contracts.flatMap(({ id, schema, span }) => {
    const compiled = compiledOnce(schema);
    if (!compiled) return [];
    const missing = wanted.filter((field) => fieldFacts(compiled, ['detail', field]).declared !== 'yes');
    if (missing.length === 0) return [];
    return [
      finding(
        'schema/without-guards',
        { eventType: id, members: missing.map((field) => `"${field}"`).join(' and ') },
        {
          span,
          identity: id,
          fix: {
            text: `declare ${missing.join(' and ')} in it: what follows from the event can be told apart then`,
          },
        },
      ),
    ];
  });
};
