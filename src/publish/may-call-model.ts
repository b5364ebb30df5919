import type { Publisher } from './publisher.ts';

/** Actions of Amazon Bedrock that run a model (Service Authorization Reference, Amazon Bedrock); Converse is under the first. */
const runsModel = /^bedrock:(?:\*|invoke\*|invokemodel|invokeagent|converse)/i;

/**
 * The functions of which the role speaks of calling a model, and the code was not read to its end. A role that allows every
 * action of every service says nothing about models, and one that several functions share nothing about any of them.
 */
export function mayCallModels(publishers: readonly Publisher[]): ReadonlySet<Publisher> {
  const functions = publishers.filter(({ resource }) => resource.type.endsWith('::Function'));
  const users = new Map<string, number>();
  for (const each of functions) users.set(roleOf(each), (users.get(roleOf(each)) ?? 0) + 1);
  return new Set(
    functions.filter(
      (each) =>
        users.get(roleOf(each)) === 1 && !(each.read?.what === 'code' && each.read.closed) && allows(each),
    ),
  );
}

function roleOf({ roleSpan, resource }: Publisher): string {
  return roleSpan ? `${roleSpan.document.path} ${roleSpan.start}` : resource.id;
}

function allows({ statements }: Publisher): boolean {
  return statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' && !actions.not && actions.values.some((action) => runsModel.test(action)),
  );
}
