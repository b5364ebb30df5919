import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Span } from '../../json/document.ts';
import { nearest } from '../../json/nearest.ts';
import { itemsOf, member, membersOf, type Node, nodeAt, textOf } from '../../json/node.ts';
import { spanWithin } from '../../json/text-places.ts';
import { variable } from './functions/sub.ts';
import type { Scope } from './scope.ts';
import { samTransform } from './template.ts';

/**
 * Names that a template refers to and does not declare: CloudFormation refuses such a template. Templates to which
 * something else adds names (macros, modules, the Serverless Framework) are not checked; of a SAM template, names
 * that begin with one of its resources' are taken to be of what SAM generates.
 */
export function checkReferences(scope: Scope): Diagnostic[] {
  const { template } = scope;
  if (template.open || scope.unknownLoops.length > 0) return [];
  const checker = new ReferenceChecker(scope);
  for (const resource of scope.resources.values()) checker.resource(resource.node);
  checker.visit(nodeAt(template.root, 'Outputs'), new Set());
  checker.conditions(nodeAt(template.root, 'Conditions'));
  return checker.found;
}

class ReferenceChecker {
  readonly found: Diagnostic[] = [];
  private readonly scope: Scope;
  private readonly sam: boolean;
  /** What `DeadLetterConfig: {Type: SQS, QueueLogicalId: …}` of a SAM event has SAM declare. */
  private readonly generatedQueues = new Set<string>();
  private readonly visited = new Set<Node>();
  private inConditions = false;

  constructor(scope: Scope) {
    this.scope = scope;
    const types = [...scope.resources.values()].map(({ type }) => type);
    this.sam =
      scope.template.transforms.includes(samTransform) ||
      types.some((type) => type.startsWith('AWS::Serverless::'));
    if (this.sam) this.collectQueues();
  }

  resource(node: Node): void {
    const condition = nodeAt(node, 'Condition');
    const name = textOf(condition);
    if (condition && name !== undefined) this.condition(name, condition.span);
    const dependsOn = nodeAt(node, 'DependsOn');
    for (const item of dependsOn?.kind === 'array' ? dependsOn.items : dependsOn ? [dependsOn] : []) {
      const logicalId = textOf(item);
      if (logicalId !== undefined) this.name(logicalId, 'DependsOn', item.span, false);
    }
    this.visit(nodeAt(node, 'Properties'), new Set());
  }

  private collectQueues(): void {
    for (const { node } of this.scope.resources.values()) {
      for (const { value } of membersOf(nodeAt(node, 'Properties', 'Events'))) {
        const queue = textOf(nodeAt(value, 'Properties', 'DeadLetterConfig', 'QueueLogicalId'));
        if (queue !== undefined) this.generatedQueues.add(queue);
      }
    }
  }

  conditions(node: Node | undefined): void {
    this.inConditions = true;
    this.visit(node, new Set());
  }

  /** Every function below a node. `local`: names that a Sub or a loop around it declares. */
  visit(node: Node | undefined, local: ReadonlySet<string>): void {
    if (!node || (node.kind !== 'object' && node.kind !== 'array') || this.visited.has(node)) return;
    this.visited.add(node);
    if (node.kind === 'array') {
      for (const item of node.items) this.visit(item, local);
      return;
    }
    const [only] = node.members;
    if (only && node.members.length === 1 && this.call(only.key, only.value, local)) return;
    for (const { key, value } of node.members) {
      // What stands inside a loop speaks of its variable; the loop's members were written out before.
      if (!key.startsWith('Fn::ForEach')) this.visit(value, local);
    }
  }

  /** Whether it was a call whose arguments need no further visit. */
  private call(key: string, argument: Node, local: ReadonlySet<string>): boolean {
    const text = textOf(argument);
    if (key === 'Ref' && text !== undefined) {
      this.name(text, 'Ref', argument.span, true);
      return true;
    }
    if (key === 'Fn::GetAtt') {
      const path = text ?? textOf(itemsOf(argument)[0]);
      if (path !== undefined) this.name(path.split('.')[0]!, 'Fn::GetAtt', argument.span, false);
      return true;
    }
    if (key === 'Fn::If') {
      const condition = itemsOf(argument)[0];
      const name = textOf(condition);
      if (condition && name !== undefined) this.condition(name, condition.span);
      return false;
    }
    if (this.inConditions && key === 'Condition' && text !== undefined) {
      this.condition(text, argument.span);
      return true;
    }
    if (key === 'Fn::Sub') this.sub(argument, local);
    return false;
  }

  private sub(argument: Node, local: ReadonlySet<string>): void {
    const [template, map] = argument.kind === 'array' ? argument.items : [argument];
    if (template?.kind !== 'string') return;
    for (const match of template.value.matchAll(variable)) {
      const [written, literal, name] = match as unknown as [string, string, string];
      const bare = name.trim();
      if (literal || bare === '' || member(map, bare) || local.has(bare)) continue;
      const span = spanWithin(template, match.index, match.index + written.length);
      this.name(bare.split('.')[0]!, 'Fn::Sub', span, true);
    }
  }

  private name(name: string, how: string, span: Span, parameters: boolean): void {
    const { scope } = this;
    if (name.startsWith('AWS::') || scope.resources.has(name)) return;
    if (parameters && scope.parameters.has(name)) return;
    if (member(scope.template.resources, name)) return;
    if (this.sam && this.generated(name)) return;
    const known = [...scope.resources.keys(), ...(parameters ? scope.parameters.keys() : [])];
    const params = { name, how, nearest: nearest(name, known) ?? null };
    this.found.push(finding('template/undefined-reference', params, { span }));
  }

  /** Logical ids that SAM makes up: of roles, permissions, stages, and of an API that is only implied. */
  private generated(name: string): boolean {
    if (/^Serverless(?:Rest|Http)Api|^ServerlessDeploymentApplication|^CodeDeployServiceRole/.test(name))
      return true;
    if (this.generatedQueues.has(name)) return true;
    for (const [logicalId, { type, node }] of this.scope.resources) {
      const generates = type.startsWith('AWS::Serverless::') || member(node, 'Connectors') !== undefined;
      if (generates && name.startsWith(logicalId)) return true;
    }
    return false;
  }

  private condition(name: string, span: Span): void {
    if (this.scope.hasCondition(name)) return;
    const known = [...this.scope.conditionNames()];
    const params = { name, nearest: nearest(name, known) ?? null };
    this.found.push(finding('template/undefined-condition', params, { span }));
  }
}
