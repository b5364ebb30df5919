import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { operatorOf } from '../operators/operators.ts';
import type { Choice, Condition } from '../pattern.ts';
import type { Lint } from './lint.ts';

/**
 * The fields that the service writes itself, and what it writes there: always there, always text.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
const textFields = new Set(['version', 'id', 'detail-type', 'source', 'account', 'time', 'region']);

/** Rules only: `"account": [123456789012]` never matches, for the account of an event is a string. */
export const neverTrue: Lint = ({ conditions, dialect }) =>
  dialect === 'rule' ? conditions.flatMap(envelopeProblem) : [];

function envelopeProblem(condition: Condition): Diagnostic[] {
  const reason = reasonOf(condition);
  return reason
    ? [finding('pattern/never-true', { path: condition.path, reason }, { span: condition.span })]
    : [];
}

function reasonOf({ path, choices }: Condition): string | undefined {
  const absent = choices.some((choice) => choice.kind === 'exists' && !choice.value);
  if (textFields.has(path)) {
    if (choices.some(acceptsText)) return undefined;
    return absent ? `every event has "${path}"` : `"${path}" of an event is a string`;
  }
  if (absent) return undefined;
  if (path === 'detail') return '"detail" of an event is an object, and only its fields can be compared';
  const outer = path.slice(0, path.indexOf('.'));
  if (textFields.has(outer)) return `"${outer}" of an event is a string and has no fields`;
  if (outer === 'resources') return '"resources" of an event is a list of strings';
  return undefined;
}

/** Whether some string can be accepted. */
function acceptsText(choice: Choice): boolean {
  switch (choice.kind) {
    case 'number':
    case 'literal':
    case 'numeric':
      return false;
    case 'exists':
      return choice.value;
    case 'anything-but':
      return (
        choice.of.kind !== 'wildcard' || operatorOf(choice).accepts(choice, { type: 'string', value: '' })
      );
    default:
      return true;
  }
}
