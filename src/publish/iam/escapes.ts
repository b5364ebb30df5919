import type { Span } from '../../json/document.ts';
import { mayTake } from './glob.ts';
import type { Statement } from './statement.ts';

/** Roles that code with some policies may use beside its own. */
export interface Escape {
  /** What names the role: an IAM pattern. */
  readonly role: string;
  readonly span: Span;
}

/** Actions that start something under a role that is handed over with `iam:PassRole`. */
const starting = [
  'scheduler:CreateSchedule',
  'scheduler:UpdateSchedule',
  'lambda:CreateFunction',
  'lambda:UpdateFunctionConfiguration',
  'pipes:CreatePipe',
  'states:CreateStateMachine',
  'states:UpdateStateMachine',
];

/**
 * The roles a role lets its code assume, or hand to something it makes: what they allow, the code may do too. Roles
 * handed to tasks and jobs that the templates define are those tasks' own.
 */
export function escapesOf(statements: readonly Statement[]): Escape[] {
  const allowed = statements.filter(({ effect }) => effect === 'Allow');
  const starts = allowed.some((statement) => starting.some((action) => allows(statement, action)));
  return allowed.flatMap((statement): Escape[] => {
    const escapes = allows(statement, 'sts:AssumeRole') || (starts && allows(statement, 'iam:PassRole'));
    if (!escapes) return [];
    const { resources, span } = statement;
    return (resources.not ? ['*'] : resources.values).map((role) => ({ role, span }));
  });
}

/** Whether a statement names the action; one that allows everything but a few is not meant here. */
function allows({ actions }: Statement, action: string): boolean {
  const name = action.toLowerCase();
  return !actions.not && actions.values.some((value) => mayTake(value.toLowerCase(), name));
}
