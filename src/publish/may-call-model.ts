import type { Publisher } from './publisher.ts';

/** Actions of Amazon Bedrock that run a model (Service Authorization Reference, Amazon Bedrock); Converse is under the first. */
const runsModel = /^bedrock:(?:\*|invoke\*|invokemodel|invokeagent|converse)/i;

/**
 * Whether a function's role speaks of calling a model, and its code was not read to its end. A role that allows every action
 * of every service says nothing about models.
 */
export function mayCallModel({ resource, statements, read }: Publisher): boolean {
  if (!resource.type.endsWith('::Function') || (read?.what === 'code' && read.closed)) return false;
  return statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' && !actions.not && actions.values.some((action) => runsModel.test(action)),
  );
}
