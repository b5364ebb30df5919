import type { Span } from '../../json/document.ts';
import { parseEmbeddedJson } from '../../json/embedded.ts';
import { hasHole } from '../../json/holes.ts';
import { itemsOf, member, type Node } from '../../json/node.ts';
import { possibleValues } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { mayMeet, mayTake } from '../../publish/iam/glob.ts';
import { statementList, textsOf } from '../../publish/iam/statement.ts';
import { type Inventory, property, propertyText } from '../../publish/inventory.ts';

/** Whether EventBridge may deliver to something: what is not read for certain counts as allowed. */
export type Access =
  | 'allowed'
  /** No policy of it is loaded. */
  | { readonly kind: 'missing' }
  /** There is a policy, and no statement of it can be about this rule. */
  | { readonly kind: 'refused'; readonly span: Span };

interface PolicyType {
  readonly action: string;
  /** The types of template resources that hold the policies, and the property that says whose they are. */
  readonly types: readonly string[];
  readonly owner: string;
  /** How to permit it. */
  readonly how: string;
}

const permit = (action: string, type: string): string =>
  `add an ${type} that allows events.amazonaws.com ${action}, for the ARN of the rule`;

const functionPolicy: PolicyType = {
  action: 'lambda:InvokeFunction',
  types: ['AWS::Lambda::Permission'],
  owner: 'FunctionName',
  how: 'add an AWS::Lambda::Permission with Action lambda:InvokeFunction, Principal events.amazonaws.com and the ARN of the rule as SourceArn',
};

/** Targets that a policy of their own must open to EventBridge. */
export const policyTypes: Readonly<Record<string, PolicyType>> = {
  'AWS::SQS::Queue': {
    action: 'sqs:SendMessage',
    types: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
    owner: 'Queues',
    how: permit('sqs:SendMessage', 'AWS::SQS::QueuePolicy'),
  },
  'AWS::SNS::Topic': {
    action: 'sns:Publish',
    types: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
    owner: 'Topics',
    how: permit('sns:Publish', 'AWS::SNS::TopicPolicy'),
  },
  'AWS::Lambda::Function': functionPolicy,
  'AWS::Serverless::Function': functionPolicy,
};

/** Whether the loaded templates let a rule deliver to one of their template resources. */
export function accessOf(
  rule: TemplateResource | undefined,
  to: TemplateResource,
  inventory: Inventory,
): Access {
  const kind = policyTypes[to.type];
  if (!kind || connected(to, inventory)) return 'allowed';
  let refused: Span | undefined;
  for (const policy of inventory.ofType(...kind.types)) {
    const owners = ownersOf(policy, kind, to, inventory);
    // A policy of something that is not known may be for this one.
    if (owners === 'unknown') return 'allowed';
    if (!owners) continue;
    if (policy.condition || opens(policy, kind, rule, inventory)) return 'allowed';
    refused ??= policy.span;
  }
  return refused ? { kind: 'refused', span: refused } : { kind: 'missing' };
}

const connectedTemplates = new WeakMap<Inventory, ReadonlySet<string>>();

/** SAM connectors make policies of their own: in a template with any, nothing is said. */
function connected({ template }: TemplateResource, inventory: Inventory): boolean {
  let templates = connectedTemplates.get(inventory);
  if (!templates) {
    const connecting = inventory.all.filter(
      ({ type, attributes }) => type === 'AWS::Serverless::Connector' || member(attributes, 'Connectors'),
    );
    templates = new Set(connecting.map((each) => each.template));
    connectedTemplates.set(inventory, templates);
  }
  return templates.has(template);
}

/** Whether a policy is one of this template resource's. Equal names in two templates are two things: then either may be meant. */
function ownersOf(
  policy: TemplateResource,
  { owner }: PolicyType,
  to: TemplateResource,
  inventory: Inventory,
): boolean | 'unknown' {
  const texts = textsOf(property(policy, owner) ?? property(policy, owner.replace(/s$/, '')));
  if (!texts) return 'unknown';
  if (texts.some((text) => to.addresses.includes(text) || inventory.named(text)?.id === to.id)) return true;
  return texts.some((text) => hasHole(text) && !inventory.named(text)) ? 'unknown' : false;
}

/** Whether a policy may let the rule in. */
function opens(
  policy: TemplateResource,
  kind: PolicyType,
  rule: TemplateResource | undefined,
  inventory: Inventory,
): boolean {
  if (policy.type === 'AWS::Lambda::Permission') {
    const principal = propertyText(policy, 'Principal');
    if (principal !== undefined && !mayBeEvents(principal)) return false;
    const source = propertyText(policy, 'SourceArn');
    return source === undefined || mayBeRule(source, rule, inventory);
  }
  const document = property(policy, 'PolicyDocument');
  const statements = possibleValues(document).flatMap((node) => {
    const tree = node.kind === 'string' ? parseEmbeddedJson(node).value : node;
    const list = member(tree, 'Statement')?.value;
    return possibleValues(list).flatMap((each) => (each.kind === 'array' ? itemsOf(each) : [each]));
  });
  if (statements.length === 0) return true;
  return statements.some((node) => statementOpens(node, kind, rule, inventory));
}

function statementOpens(
  node: Node,
  { action }: PolicyType,
  rule: TemplateResource | undefined,
  inventory: Inventory,
): boolean {
  return statementList(node).some(({ effect, actions, conditions }) => {
    if (node.kind !== 'object') return true;
    if (effect !== 'Allow' || !mayBeEventsPrincipal(node)) return false;
    const wanted = action.toLowerCase();
    if (!actions.not && !actions.values.some((value) => mayTake(value.toLowerCase(), wanted))) return false;
    return conditions.every(
      ({ operator, key, values }) =>
        key !== 'aws:sourcearn' ||
        !/^(?:For(?:Any|All)Values?:)?(?:Arn|String)(?:Equals|Like)$/.test(operator) ||
        !values ||
        values.some((value) => mayBeRule(value, rule, inventory)),
    );
  });
}

function mayBeEventsPrincipal(statement: Node): boolean {
  const principal = member(statement, 'Principal')?.value;
  if (principal?.kind !== 'object') return true;
  return principal.members.some(({ key, value }) => {
    const texts = textsOf(value);
    if (!texts) return true;
    return key === 'Service' ? texts.some(mayBeEvents) : key === 'AWS' && texts.includes('*');
  });
}

function mayBeEvents(principal: string): boolean {
  return hasHole(principal) || principal === '*' || /^events\.amazonaws\.com(?:\.cn)?$/.test(principal);
}

/** Whether a text of a condition may be the rule's ARN: that of another rule of the template is not. */
function mayBeRule(text: string, rule: TemplateResource | undefined, inventory: Inventory): boolean {
  if (!rule) return true;
  if (rule.addresses.includes(text)) return true;
  const named = inventory.named(text);
  if (named) return named.id === rule.id || named.type !== 'AWS::Events::Rule';
  // A star may stand for colons as well, so that only what follows the account is compared.
  const given = /^arn:[^:*?]*:events:[^:]*:[^:]*:(rule\/.*)$/s.exec(text)?.[1];
  if (given === undefined) return mayMeet(text, 'arn:*:events:*:*:rule/*');
  const name = rule.addresses.find((each) => each.includes(':rule/'))?.replace(/^.*:rule\//s, '') ?? '*';
  // Beside the default bus, the name of the bus stands in it.
  const elsewhere = propertyText(rule, 'EventBusName') !== undefined;
  return mayMeet(given, `rule/${name}`) || (elsewhere && mayMeet(given, `rule/*/${name}`));
}
