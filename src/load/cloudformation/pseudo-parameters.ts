import { hole } from '../../json/holes.ts';
import type { Environment } from './arn.ts';

/**
 * The text of `AWS::Region` and the like; undefined for other names. The stack's own name and id differ from
 * template to template, the rest does not.
 */
export function pseudoParameter(
  name: string,
  environment: Environment,
  template: string,
): string | undefined {
  const { partition, region, account, urlSuffix } = environment;
  if (name === 'AWS::Region') return region;
  if (name === 'AWS::AccountId') return account;
  if (name === 'AWS::Partition') return partition;
  if (name === 'AWS::URLSuffix') return urlSuffix;
  return name.startsWith('AWS::') ? hole(`${name} of ${template}`) : undefined;
}
