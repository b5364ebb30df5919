import { Collector, finding } from '../diagnostic/diagnostic.ts';
import { printHoles } from '../json/holes.ts';
import { nearest } from '../json/nearest.ts';
import { member, membersOf, type Node, textOf } from '../json/node.ts';

/**
 * Reads one object of settings: each key is asked for once, with the form it must have. What does not fit is
 * collected as a finding and read as if it were absent; {@link done} then reports the keys nobody asked for.
 */
export class SettingsReader {
  private readonly asked: string[] = [];
  readonly node: Node;
  /** What this object is, for findings: "a publication of AnalyticsFunction". */
  readonly where: string;
  readonly collector: Collector;

  constructor(node: Node, where: string, collector = new Collector()) {
    this.node = node;
    this.where = where;
    this.collector = collector;
    if (node.kind !== 'object') this.refuse(node, where, 'an object with settings');
  }

  raw(key: string): Node | undefined {
    this.asked.push(key);
    const value = member(this.node, key)?.value;
    return value?.kind === 'null' ? undefined : value;
  }

  text(key: string): string | undefined {
    return this.read(key, 'a text', textOf);
  }

  flag(key: string): boolean | undefined {
    return this.read(key, 'true or false', (node) => (node.kind === 'boolean' ? node.value : undefined));
  }

  /** A number within bounds, both inclusive. */
  number(
    key: string,
    low: number,
    high: number,
    form = `a number from ${low} to ${high}`,
  ): number | undefined {
    return this.read(key, form, (node) =>
      node.kind === 'number' && node.value >= low && node.value <= high ? node.value : undefined,
    );
  }

  whole(key: string, low: number): number | undefined {
    return this.read(key, `a whole number, at least ${low}`, (node) =>
      node.kind === 'number' && Number.isSafeInteger(node.value) && node.value >= low
        ? node.value
        : undefined,
    );
  }

  /** A text or a list of texts. */
  texts(key: string): readonly string[] | undefined {
    return this.read(key, 'a text or a list of texts', (node) => {
      if (node.kind === 'string') return [node.value];
      if (node.kind !== 'array') return undefined;
      const texts = node.items.map(textOf);
      return texts.every((text) => text !== undefined) ? (texts as string[]) : undefined;
    });
  }

  /** The items of a list, each read by itself; items that cannot be read are left out. */
  list<T>(key: string, each: (item: Node, index: number) => T | undefined): readonly T[] | undefined {
    const items = this.read(key, 'a list', (node) => (node.kind === 'array' ? node.items : undefined));
    return items?.map(each).filter((item) => item !== undefined);
  }

  /** The members of an object whose keys are names of the user's. */
  entries(key: string): readonly { readonly name: string; readonly value: Node }[] {
    const node = this.read(key, 'an object', (value) => (value.kind === 'object' ? value : undefined));
    return membersOf(node).map((entry) => ({ name: entry.key, value: entry.value }));
  }

  read<T>(key: string, expected: string, as: (node: Node) => T | undefined): T | undefined {
    const node = this.raw(key);
    if (node === undefined) return undefined;
    const value = as(node);
    if (value === undefined) this.refuse(node, `${this.where}: ${key}`, expected);
    return value;
  }

  refuse(node: Node, where: string, expected: string): void {
    const params = { where, expected, found: describe(node) };
    this.collector.add(finding('config/invalid', params, { span: node.span }));
  }

  /** Reports every key that was not asked for. */
  done(): void {
    for (const { key, keySpan } of membersOf(this.node)) {
      if (this.asked.includes(key)) continue;
      const near = nearest(key, this.asked);
      const params = { where: this.where, key, known: this.asked.join(', ') };
      const fix = near === undefined ? {} : { fix: { text: `did you mean "${near}"?` } };
      this.collector.add(finding('config/unknown-key', params, { span: keySpan, ...fix }));
    }
  }
}

function describe(node: Node): string {
  switch (node.kind) {
    case 'string':
      return JSON.stringify(printHoles(node.value));
    case 'number':
      return node.raw;
    case 'boolean':
      return String(node.value);
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
    case 'null':
      return 'nothing';
  }
}
