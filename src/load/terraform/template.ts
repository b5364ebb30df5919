import type { Collector } from '../../diagnostic/diagnostic.ts';
import type { Document, Span } from '../../json/document.ts';
import type { Member, Node, ObjectNode } from '../../json/node.ts';
import type { Environment } from '../cloudformation/arn.ts';
import { type Template, templateOf } from '../cloudformation/template.ts';
import { textNode } from '../cloudformation/values.ts';
import { codeOf } from './code.ts';
import { isOpen, textOfValue } from './hcl/nodes.ts';
import { joinResources, type Mapped } from './joins.ts';
import { along, shaped } from './kinds/kind.ts';
import type { Instance, World } from './model.ts';

/**
 * Root modules as templates: every resource under its address, with the properties that CloudFormation has for the
 * same, so that all that reads templates reads them too. One template for each account and Region.
 */
export function terraformTemplates(
  worlds: readonly { readonly world: World; readonly document: Document }[],
  collector: Collector,
): Template[] {
  const mapped = worlds.map(({ world }) => world.all.flatMap(mappedOf));
  joinResources(mapped.flat(), collector);
  return worlds.flatMap(({ world, document }, index) =>
    byPlace(mapped[index]!.filter(({ joined }) => !joined)).flatMap(({ environment, all }) => {
      const template = templateOf(document, rootOf(all, document), world.id, true);
      return template ? [{ ...template, resolved: true, environment }] : [];
    }),
  );
}

function mappedOf(instance: Instance): Mapped[] {
  const { kind, mode } = instance;
  if (!kind || mode !== 'managed') return [];
  const source = (path: string): Node | undefined => {
    const [first, ...rest] = path.split('.');
    return along(instance.attribute(first!), rest);
  };
  const made = shaped(kind.properties, source, instance.span);
  const code = /^AWS::Lambda::(?:Function|LayerVersion)$/.test(kind.as)
    ? codeOf(instance)
    : { properties: [], metadata: [] };
  const properties = new Map([...made.members, ...code.properties].map((each) => [each.key, each]));
  return [{ instance, type: kind.as, properties, metadata: code.metadata, joined: false }];
}

/** Grouped by account and Region, in the order they first come in. */
function byPlace(all: readonly Mapped[]): { environment: Environment; all: Mapped[] }[] {
  const groups = new Map<string, { environment: Environment; all: Mapped[] }>();
  for (const each of all) {
    const { environment } = each.instance;
    const key = `${environment.account} ${environment.region}`;
    const group = groups.get(key);
    if (group) group.all.push(each);
    else groups.set(key, { environment, all: [each] });
  }
  return [...groups.values()];
}

function rootOf(all: readonly Mapped[], document: Document): ObjectNode {
  const span: Span = { document, start: 0, end: Math.min(1, document.text.length) };
  const object = (members: readonly Member[], at: Span): ObjectNode => ({
    kind: 'object',
    span: at,
    members,
  });
  const conditions: Member[] = [];
  const resources = all.map((mapped): Member => {
    const { instance } = mapped;
    const { head } = instance;
    const text = (key: string, value: string): Member => ({
      key,
      keySpan: head,
      value: textNode(value, head),
    });
    const members: Member[] = [text('Type', mapped.type)];
    members.push({
      key: 'Properties',
      keySpan: head,
      value: object([...mapped.properties.values()], instance.span),
    });
    if (mapped.metadata.length > 0)
      members.push({ key: 'Metadata', keySpan: head, value: object(mapped.metadata, head) });
    const known = knownAddresses(instance);
    if (known.length > 0)
      members.push({
        key: 'Addresses',
        keySpan: head,
        value: { kind: 'array', span: head, items: known.map((each) => textNode(each, head)) },
      });
    if (instance.conditional) {
      const name = `the count of ${instance.address}`;
      conditions.push({ key: name, keySpan: head, value: { kind: 'null', span: head } });
      members.push(text('Condition', name));
    }
    return { key: instance.address, keySpan: head, value: object(members, instance.span) };
  });
  return object(
    [
      { key: 'Conditions', keySpan: span, value: object(conditions, span) },
      { key: 'Resources', keySpan: span, value: object(resources, span) },
    ],
    span,
  );
}

/** ARNs and URLs that a state tells. */
function knownAddresses(instance: Instance): string[] {
  const found = new Set<string>();
  for (const name of ['arn', 'id', 'url']) {
    const node = instance.attribute(name);
    const text = node && !isOpen(node) ? textOfValue(node) : undefined;
    if (text !== undefined && /^(?:arn:|https:)/.test(text)) found.add(text);
  }
  return [...found];
}
