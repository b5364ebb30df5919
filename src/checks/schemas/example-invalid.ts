import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { JsonValue } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { misfits } from '../../schema/misfits.ts';
import { confirmedValid } from '../../schema/witness.ts';
import { evaluate } from '../../sets/evaluate.ts';
import type { Check } from '../check.ts';

/** Examples of a schema that do not fit it: by our own reading and by Ajv's. */
export const exampleInvalid: Check = ({ topology }) =>
  topology.contracts.flatMap((contract) =>
    contract.examples.flatMap((example, index) =>
      fits(contract, example) ? [] : [wrong(contract, example, index)],
    ),
  );

function fits({ detailSchema }: Contract, example: JsonValue): boolean {
  const schema = compiledOnce(detailSchema);
  // Ajv is asked only where our own reading refuses: compiling a validator costs more than all the rest.
  return !schema || evaluate(schema.formula, example) !== false || confirmedValid(schema, example) !== false;
}

function wrong({ id, span, detailSchema }: Contract, example: JsonValue, index: number): Diagnostic {
  const schema = compiledOnce(detailSchema);
  const notes = schema ? misfits(schema, example) : [];
  return finding(
    'schema/example-invalid',
    { eventType: id, number: index + 1 },
    {
      span,
      identity: `${id} ${index}`,
      witness: example,
      ...(notes.length > 0 ? { notes } : {}),
      fix: { text: 'correct the example, or the schema if the example is what is published' },
    },
  );
}
