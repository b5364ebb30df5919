import type { Span } from '../../json/document.ts';
import { hole, printHoles } from '../../json/holes.ts';
import { type Member, type Node, nodeAt, type StringNode } from '../../json/node.ts';
import { type ConditionContext, evaluateCondition } from './conditions.ts';
import { resolveReferences } from './dynamic-reference.ts';
import { expandLoops } from './for-each.ts';
import type { Call, Truth } from './functions/function.ts';
import { functions } from './functions/table.ts';
import { type Identity, knownAttribute, type Physical, pick } from './identity.ts';
import { type Parameter, parameterValue } from './parameters.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import { withGlobals } from './sam/globals.ts';
import type { Surroundings } from './surroundings.ts';
import { resourceOf, section, type Template, type TemplateResource } from './template.ts';
import { resolveTold } from './told.ts';
import { placedAt, scalarText, textNode, unknownNode } from './values.ts';

/** Deeper than this no chain of references is followed. */
const maxDepth = 150;

/**
 * Resolves the intrinsic functions of one template, symbolically: what is not known before deployment becomes text
 * with holes, equal to itself wherever and however it is written. Every reference is resolved once.
 */
export class Scope {
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, Parameter>;
  private declared: ReadonlyMap<string, TemplateResource> = new Map();
  /** Loops whose values are not known: what they declare is not known either. */
  readonly unknownLoops: Member[] = [];
  private readonly around: Surroundings;
  private conditionNodes: ReadonlyMap<string, Node> = new Map();
  private outputNodes: ReadonlyMap<string, Node> = new Map();
  private readonly truths = new Map<string, Truth>();
  private readonly physicals = new Map<string, Physical | undefined>();
  private readonly properties = new Map<string, Node | undefined>();
  private readonly outputs = new Map<string, Node | undefined>();
  private readonly busy = new Set<string>();
  private depth = 0;
  private readonly told = {
    resolve: (node: Node): Node | undefined => this.resolve(node),
    dynamic: (node: StringNode): Node => this.dynamic(node),
    imported: (name: string, span: Span): Node => this.imported(name, span),
  };

  constructor(template: Template, around: Surroundings) {
    this.template = template;
    this.around = around;
    this.parameters = section(template, 'Parameters');
    // The values of a loop may ask for what is read only after it: then there is none yet.
    this.conditionNodes = this.expanded('Conditions');
    this.declared = this.readResources();
    this.outputNodes = this.expanded('Outputs');
  }

  get resources(): ReadonlyMap<string, TemplateResource> {
    return this.declared;
  }

  /** The value with every function in it resolved. Undefined: AWS::NoValue. */
  resolve(node: Node): Node | undefined {
    if (!this.around.spend(1)) return unknownNode('a value too costly to work out', node.span);
    if (this.template.resolved) return resolveTold(node, this.told);
    switch (node.kind) {
      case 'string':
        return this.dynamic(node);
      case 'array':
        return { ...node, items: node.items.flatMap((item) => this.resolve(item) ?? []) };
      case 'object':
        return this.object(node);
      default:
        return node;
    }
  }

  /** A condition by its name. A name that is not declared, or one that depends on itself, is unknown. */
  condition(name: string): Truth {
    const known = this.truths.get(name);
    if (known !== undefined) return known;
    const node = this.conditionNodes.get(name);
    const key = `condition ${name}`;
    if (!node || this.busy.has(key)) return 'unknown';
    const context: ConditionContext = {
      resolve: (item) => this.resolve(item),
      condition: (other) => this.condition(other),
    };
    const truth = this.guarded(key, () => evaluateCondition(node, context)) ?? 'unknown';
    this.truths.set(name, truth);
    return truth;
  }

  hasCondition(name: string): boolean {
    return this.conditionNodes.has(name);
  }

  conditionNames(): Iterable<string> {
    return this.conditionNodes.keys();
  }

  /** What a template resource is called; undefined for types whose names are not known to the tool. */
  physical(logicalId: string): Physical | undefined {
    if (this.physicals.has(logicalId)) return this.physicals.get(logicalId);
    const resource = this.resources.get(logicalId);
    const identity = resource && this.around.identityOf(resource.type);
    if (!resource || !identity) return undefined;
    const own = this.ownHole(logicalId);
    const key = `name of ${logicalId}`;
    const given = this.busy.has(key) ? undefined : this.guarded(key, () => this.nameOf(resource, identity));
    const name = given || own;
    const unknown = (attribute: string): string => this.ownHole(logicalId, attribute);
    const { environment } = this.around;
    const physical = { name, arn: identity.arn(name, environment, unknown), environment, unknown };
    if (!this.busy.has(key)) this.physicals.set(logicalId, physical);
    return physical;
  }

  /** The value of an output, for the parent of a nested stack and for exports. */
  output(name: string): Node | undefined {
    if (this.outputs.has(name)) return this.outputs.get(name);
    const node = this.outputNodes.get(name);
    const value = nodeAt(node, 'Value');
    const key = `output ${name}`;
    if (!value || this.busy.has(key)) return undefined;
    const resolved = this.guarded(key, () => this.resolve(value));
    this.outputs.set(name, resolved);
    return resolved;
  }

  /** A property of a template resource, resolved. */
  property(logicalId: string, name: string): Node | undefined {
    const key = `${name} of ${logicalId}`;
    const node = nodeAt(this.resources.get(logicalId)?.node, 'Properties', name);
    if (!node || this.busy.has(key)) return undefined;
    if (!this.properties.has(key))
      this.properties.set(
        key,
        this.guarded(key, () => this.resolve(node)),
      );
    return this.properties.get(key);
  }

  /** Names of exports as texts with holes, with the outputs they belong to. */
  *exports(): Generator<{ name: string; output: string }> {
    for (const [output, node] of this.outputNodes) {
      const exported = nodeAt(node, 'Export', 'Name');
      const name = exported && scalarText(this.resolve(exported));
      if (name) yield { name, output };
    }
  }

  private readResources(): ReadonlyMap<string, TemplateResource> {
    const resources = new Map<string, TemplateResource>();
    for (const { key, keySpan, value } of this.loops(this.template.resources)) {
      const resource = resourceOf(key, value, keySpan);
      if (resource) resources.set(key, withGlobals(resource, this.template.root));
    }
    return resources;
  }

  private expanded(name: string): ReadonlyMap<string, Node> {
    const node = nodeAt(this.template.root, name);
    return new Map(node?.kind === 'object' ? this.loops(node).map(({ key, value }) => [key, value]) : []);
  }

  private loops(node: Node & { kind: 'object' }): readonly Member[] {
    return expandLoops(node, {
      resolve: (item) => this.resolve(item),
      spend: (steps) => this.around.spend(steps),
      unknownLoop: (loop) => this.unknownLoops.push(loop),
    });
  }

  private object(node: Node & { kind: 'object' }): Node | undefined {
    const [only] = node.members;
    if (only && node.members.length === 1) {
      const called = functions.get(only.key);
      if (called) return this.call(node, only, called.evaluate);
      if (/^Fn::(?!ForEach)/.test(only.key))
        return unknownNode(`${only.key} at ${node.span.start}`, node.span);
    }
    const members = this.loops(node).flatMap((item) => {
      const value = this.resolve(item.value);
      return value ? [{ ...item, value }] : [];
    });
    return { ...node, members };
  }

  private call(
    node: Node,
    only: Member,
    evaluate: (argument: Node, call: Call) => Node | undefined,
  ): Node | undefined {
    if (this.depth >= maxDepth) return unknownNode('a chain of references too long', node.span);
    this.depth++;
    try {
      const value = evaluate(only.value, {
        span: node.span,
        template: this.template.id,
        resolve: (item) => this.resolve(item),
        ref: (name, span) => this.ref(name, span),
        attribute: (logicalId, attribute, span) => this.attribute(logicalId, attribute, span),
        condition: (name) => this.condition(name),
        mapping: (map, first, second) => nodeAt(this.template.root, 'Mappings', map, first, second),
        imported: (name, span) => this.imported(name, span),
      });
      if (value?.kind !== 'string') return value;
      this.around.spend(value.value.length >> 6);
      return this.dynamic(value);
    } finally {
      this.depth--;
    }
  }

  private ref(name: string, span: Span): Node | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const pseudo = pseudoParameter(name, this.around.environment, this.template.id);
    if (pseudo !== undefined) return textNode(pseudo, span);
    const parameter = this.parameters.get(name);
    if (parameter) return placedAt(this.parameter(name, parameter, span), span);
    const resource = this.resources.get(name);
    const identity = resource && this.around.identityOf(resource.type);
    const physical = identity && this.physical(name);
    if (!identity || !physical) return unknownNode(this.ownKey(name), span);
    return textNode(pick(identity.ref, physical), span);
  }

  private parameter(name: string, parameter: Parameter, span: Span): Node {
    const key = `parameter ${name}`;
    if (this.busy.has(key)) return unknownNode(`param:${name}`, span);
    const value = this.guarded(key, () =>
      parameterValue(name, parameter, this.around.parameter(name), span, (path) => this.around.stored(path)),
    );
    return value ?? unknownNode(`param:${name}`, span);
  }

  private attribute(logicalId: string, attribute: string, span: Span): Node {
    const resource = this.resources.get(logicalId);
    if (attribute.startsWith('Outputs.')) {
      const output = this.around.nestedOutput(logicalId, attribute.slice('Outputs.'.length));
      if (output) return placedAt(output, span);
    }
    if (resource?.type === 'AWS::SSM::Parameter' && attribute === 'Value') {
      const value = this.property(logicalId, 'Value');
      if (value) return placedAt(value, span);
    }
    const identity = resource && this.around.identityOf(resource.type);
    const physical = identity && this.physical(logicalId);
    const known = identity && physical && knownAttribute(identity, physical, attribute);
    return known === undefined ? unknownNode(this.ownKey(logicalId, attribute), span) : textNode(known, span);
  }

  private imported(name: string, span: Span): Node {
    const key = `import ${name}`;
    const value = this.busy.has(key) ? undefined : this.guarded(key, () => this.around.exported(name));
    return value ? placedAt(value, span) : unknownNode(`import:${printHoles(name)}`, span);
  }

  private dynamic(node: Node & { kind: 'string' }): Node {
    return resolveReferences(node, (path) => {
      const key = `stored ${path}`;
      return this.busy.has(key) ? undefined : this.guarded(key, () => this.around.stored(path));
    });
  }

  private nameOf(resource: TemplateResource, identity: Identity): string | undefined {
    const { nameProperty, namePaths = nameProperty === undefined ? [] : [[nameProperty]] } = identity;
    for (const path of namePaths) {
      const node = nodeAt(resource.node, 'Properties', ...path);
      const name = node && scalarText(this.resolve(node));
      if (name) return name;
    }
    return undefined;
  }

  private ownKey(logicalId: string, attribute?: string): string {
    const key = `res:${this.template.id}#${logicalId}`;
    return attribute === undefined ? key : `${key}.${attribute}`;
  }

  private ownHole(logicalId: string, attribute?: string): string {
    return hole(this.ownKey(logicalId, attribute));
  }

  /** Runs a step that must not come back to itself. */
  private guarded<T>(key: string, step: () => T): T | undefined {
    if (this.busy.has(key) || this.depth >= maxDepth) return undefined;
    this.busy.add(key);
    this.depth++;
    try {
      return step();
    } finally {
      this.depth--;
      this.busy.delete(key);
    }
  }
}
