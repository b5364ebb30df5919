import type { Parser, SyntaxNode } from '@lezer/common';
import { type Document, type Span, spanOf } from '../../../json/document.ts';
import type { Publication } from '../../publication.ts';
import type { Environment } from '../environment.ts';
import type { CodeReading } from '../handler.ts';
import { type JavaFile, readConstants, textOf } from './constants.ts';
import { type JavaWorld, javaText } from './values.ts';

const entryType = 'PutEventsRequestEntry';

/** Calls that make another entry of one that is there. */
const changes = /^(?:toBuilder|set(?:Source|DetailType|EventBusName))$/;

/** What the members of an entry are called by the builders of the SDK, version 2 and 1. */
const members: Readonly<Record<string, 'source' | 'detailType' | 'bus'>> = {
  source: 'source',
  withSource: 'source',
  detailType: 'detailType',
  withDetailType: 'detailType',
  eventBusName: 'bus',
  withEventBusName: 'bus',
};

/**
 * Reads the entries of PutEvents that the Java sources of a module build, the handler's own first. Calls are not
 * followed: each entry counts as published, perhaps; and there may always be more than the sources show.
 */
export function readJava(
  sources: readonly Document[],
  environment: Environment,
  parser: Parser,
): CodeReading {
  const document = sources[0]!;
  const trees = sources.map((each) => ({ document: each, tree: parser.parse(each.text) }));
  const world: JavaWorld = { ...readConstants(trees), environment };
  const found = new Map<string, Publication>();
  const unresolved: Span[] = [];
  let calls: Span | undefined;
  for (const file of world.files) {
    if (!/putEvents|\bentries\b/i.test(file.document.text)) continue;
    const named = file.document.text.includes(entryType);
    const place = ({ from, to }: SyntaxNode): Span => spanOf(file.document, from, to);
    file.tree.iterate({
      enter(reached) {
        const { name, from, to } = reached;
        if (name === 'ImportDeclaration' || name === 'PackageDeclaration') return false;
        // Most nodes are none of these; to make one of what is reached takes time.
        if (!/^(?:MethodName|Identifier|TypeName)$/.test(name)) return undefined;
        const written = file.document.text.slice(from, to);
        if (name === 'MethodName') {
          const { node } = reached;
          if (/^putEvents/.test(written)) calls ??= place(node);
          if (written === 'entries' && hasLambda(node.parent)) unresolved.push(place(node.parent!));
          if (named && changes.test(written)) unresolved.push(place(node));
          return undefined;
        }
        if (written !== entryType) return undefined;
        const { node } = reached;
        const built = chainOf(node, file);
        if (built === 'type') return undefined;
        if (built === undefined) {
          unresolved.push(place(node));
          return undefined;
        }
        const each = publicationOf(built.given, file, world, place(built.whole));
        const key = JSON.stringify([each.source, each.detailType, each.bus]);
        if (!found.has(key)) found.set(key, each);
        return undefined;
      },
    });
  }
  if (calls && found.size === 0 && unresolved.length === 0) unresolved.push(calls);
  return {
    publications: [...found.values()],
    unresolved,
    open: [
      {
        kind: 'code',
        text: 'Java is read for the entries it builds; its calls and libraries are not followed',
        span: spanOf(document, 0, 1),
      },
    ],
    callsModel: false,
    document,
  };
}

type Given = Partial<Record<'source' | 'detailType' | 'bus', SyntaxNode>>;

/** The calls on a new entry; `type`: its name stands for the type only; undefined: it is built in a way that is not read. */
function chainOf(
  node: SyntaxNode,
  { document }: JavaFile,
): { readonly given: Given; readonly whole: SyntaxNode } | 'type' | undefined {
  const { parent } = node;
  const created = parent?.name === 'ObjectCreationExpression';
  if (!created && node.name === 'TypeName') return parent?.name === 'ScopedTypeName' ? undefined : 'type';
  const start = created || (parent && methodOf(parent, document) === 'builder') ? parent : undefined;
  if (!start) return undefined;
  const given: Given = {};
  let whole: SyntaxNode = start;
  for (let next = whole.parent; next?.name === 'MethodInvocation'; next = whole.parent) {
    if (next.firstChild?.from !== whole.from || next.firstChild.to !== whole.to) break;
    const method = methodOf(next, document) ?? '';
    const value = next.getChild('ArgumentList')?.firstChild?.nextSibling;
    const member = members[method];
    if (member && value) given[member] = value;
    // What is applied or copied may set anything.
    if (/^(?:applyMutation|toBuilder|copy|clone)$/.test(method)) return undefined;
    whole = next;
  }
  const finished = created || methodOf(whole, document) === 'build';
  return finished && given.source && given.detailType ? { given, whole } : undefined;
}

function methodOf(invocation: SyntaxNode, document: Document): string | undefined {
  const name = invocation.name === 'MethodInvocation' ? invocation.getChild('MethodName') : null;
  return name ? textOf(document, name) : undefined;
}

function hasLambda(invocation: SyntaxNode | null): boolean {
  return invocation?.getChild('ArgumentList')?.getChild('LambdaExpression') != null;
}

function publicationOf(given: Given, file: JavaFile, world: JavaWorld, span: Span): Publication {
  const text = (node: SyntaxNode): string => javaText(node, file, world);
  return {
    source: text(given.source!),
    detailType: text(given.detailType!),
    bus: given.bus ? text(given.bus) : 'default',
    detail: {},
    others: 'any',
    conditional: true,
    evidence: { kind: 'code', text: 'an entry of PutEvents in its code', span },
  };
}
