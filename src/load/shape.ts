import { type Collector, finding } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { hasHole } from '../json/holes.ts';
import { member, type Node } from '../json/node.ts';
import { alternativesOf, possibleValues, scalarText } from './cloudformation/values.ts';

/**
 * Reads the members of a resolved object, each in the form it must have. What does not fit is a finding and reads as
 * absent; what is not known before deployment fits everything and reads as absent too, or as text with holes.
 */
export class Shape {
  readonly node: Node | undefined;
  /** What it is, for findings: "AuditRule.Targets[0]". */
  readonly where: string;
  readonly span: Span;
  private readonly collector: Collector;

  constructor(node: Node | undefined, where: string, span: Span, collector: Collector) {
    this.where = where;
    this.span = node?.span ?? span;
    this.collector = collector;
    this.node = node && isUnknown(node) ? undefined : node;
    if (this.node && this.node.kind !== 'object') this.node = this.refuse(this.node, where, 'an object');
  }

  /** The member's value as it is, if it is there and not null. */
  raw(key: string): Node | undefined {
    const value = member(this.node, key)?.value;
    return value?.kind === 'null' ? undefined : value;
  }

  has(key: string): boolean {
    return this.raw(key) !== undefined;
  }

  /** A text, number or boolean as text. */
  text(key: string): string | undefined {
    const value = this.raw(key);
    if (!value) return undefined;
    return scalarText(value) ?? this.refuse(value, `${this.where}.${key}`, 'a text');
  }

  number(key: string): number | undefined {
    const value = this.raw(key);
    const text = scalarText(value);
    if (!value || (text !== undefined && hasHole(text))) return undefined;
    const number = text?.trim() ? Number(text) : Number.NaN;
    return Number.isFinite(number) ? number : this.refuse(value, `${this.where}.${key}`, 'a number');
  }

  /** `true`, `"true"`; undefined when absent or not known. */
  flag(key: string): boolean | undefined {
    const text = scalarText(this.raw(key))?.toLowerCase();
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }

  object(key: string): Shape | undefined {
    const value = this.raw(key);
    if (!value) return undefined;
    const shape = this.at(value, `${this.where}.${key}`);
    return shape.node ? shape : undefined;
  }

  /** The items of a list, those that an undecided condition may add included. Absent: no items. */
  items(key: string): Node[] {
    const value = this.raw(key);
    return possibleValues(value).flatMap((list) => {
      if (isUnknown(list)) return [];
      if (list.kind !== 'array') return this.refuse(list, `${this.where}.${key}`, 'a list') ?? [];
      return list.items.flatMap((item) => possibleValues(item)).filter((item) => item.kind !== 'null');
    });
  }

  /** The items of a list of objects. Items that are not known are left out. */
  objects(key: string): Shape[] {
    return this.items(key)
      .map((item, index) => this.at(item, `${this.where}.${key}[${index}]`))
      .filter(({ node }) => node !== undefined);
  }

  /** The members of an object of objects. */
  entries(key: string): { key: string; keySpan: Span; shape: Shape }[] {
    const { node, where } = this.object(key) ?? {};
    if (node?.kind !== 'object') return [];
    return node.members
      .map(({ key: name, keySpan, value }) => ({
        key: name,
        keySpan,
        shape: this.at(value, `${where}.${name}`),
      }))
      .filter(({ shape }) => shape.node !== undefined);
  }

  /** Whether something is there that only the deployment knows. */
  isUnknown(key: string): boolean {
    const value = this.raw(key);
    return value !== undefined && isUnknown(value);
  }

  refuse(node: Node, where: string, expected: string): undefined {
    const found = node.kind === 'string' ? 'a text' : article(node.kind);
    this.collector.add(finding('template/shape', { where, expected, found }, { span: node.span }));
    return undefined;
  }

  private at(node: Node, where: string): Shape {
    return new Shape(node, where, this.span, this.collector);
  }
}

function isUnknown(node: Node): boolean {
  return alternativesOf(node) !== undefined || (node.kind === 'string' && hasHole(node.value));
}

function article(kind: Node['kind']): string {
  if (kind === 'null') return 'nothing';
  if (kind === 'array') return 'a list';
  return kind === 'object' ? 'an object' : `a ${kind}`;
}
