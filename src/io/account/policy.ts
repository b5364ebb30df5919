import { type CommandName, callNamed, commands } from './commands.ts';

/** The least IAM policy under which everything can be looked at, as JSON text. */
export function leastPolicy(): string {
  const actions = (Object.keys(commands) as CommandName[])
    .map(callNamed)
    .filter(({ instead }) => !instead)
    .map(({ action }) => action);
  const statement = {
    Sid: 'BusproofReads',
    Effect: 'Allow',
    Action: [...new Set(actions)].sort(),
    // Lists have no narrower resource, and what they lead to is not known before.
    Resource: '*',
  };
  return `${JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)}\n`;
}
