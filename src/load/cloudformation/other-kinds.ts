import type { ComponentKind } from '../../model/component.ts';
import { resourceKinds } from './resources/table.ts';

/** Types that become components when a route points at them, by the beginning of their names. */
const kinds: readonly (readonly [prefix: string, kind: ComponentKind])[] = [
  ['AWS::ECS::', 'task'],
  ['AWS::Batch::', 'task'],
  ['AWS::CodeBuild::', 'build'],
  ['AWS::CodePipeline::', 'pipeline'],
  ['AWS::ApiGateway', 'api'],
  ['AWS::AppSync::', 'api'],
  ['AWS::Serverless::Api', 'api'],
  ['AWS::Serverless::HttpApi', 'api'],
  ['AWS::Serverless::GraphQLApi', 'api'],
  ['AWS::Lambda::Alias', 'function'],
  ['AWS::Lambda::Version', 'function'],
  ['AWS::StepFunctions::', 'state-machine'],
  ['AWS::Events::ApiDestination', 'api-destination'],
];

export function otherKindOf(type: string): ComponentKind {
  const known = resourceKinds.get(type)?.component;
  return known ?? kinds.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'other';
}
