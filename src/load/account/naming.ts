import { parseArn } from '../cloudformation/arn.ts';
import type { StackName } from './snapshot.ts';

/** The last part of an ARN, which people know the thing by: a function's name, a queue's, a table's of its stream. */
export function nameIn(arn: string): string {
  const parsed = parseArn(arn);
  if (!parsed) return arn;
  const { service, resource } = parsed;
  switch (service) {
    case 'lambda':
    case 'states':
      return resource.split(':')[1] ?? resource;
    case 'dynamodb':
    case 'kinesis':
    case 'firehose':
      return resource.split('/')[1] ?? resource;
    default:
      return resource.split(/[:/]/).at(-1) ?? resource;
  }
}

/**
 * What a report calls something: as its template does, where CloudFormation's tags tell. A rule has its own name,
 * unless CloudFormation made it up (`stack-LogicalId-1A2B3C4D5E6F`).
 */
export function shownName(type: string, name: string, given: StackName | undefined): string {
  if (!given) return name;
  if (type !== 'AWS::Events::Rule') return given.logicalId;
  return isMadeUp(name, given) ? given.logicalId : name;
}

function isMadeUp(name: string, { logicalId, stack }: StackName): boolean {
  // Long names are cut: of the stack's and the logical id only the beginnings are left.
  const [first = '', second = '', suffix = ''] = splitMadeUp(name);
  if (!/^[A-Za-z0-9]{12,13}$/.test(suffix)) return false;
  const beginning = stack === undefined ? first !== '' : stack.startsWith(first);
  return beginning && second !== '' && logicalId.startsWith(second);
}

/** `stack-name-LogicalId-SUFFIX` → its three parts: logical ids have no hyphens. */
function splitMadeUp(name: string): readonly string[] {
  const parts = name.split('-');
  if (parts.length < 3) return [];
  return [parts.slice(0, -2).join('-'), parts.at(-2)!, parts.at(-1)!];
}
