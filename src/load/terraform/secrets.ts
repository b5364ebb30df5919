import { type Document, documentOf } from '../../json/document.ts';
import { hole } from '../../json/holes.ts';
import { itemsOf, membersOf, type Node, nodeAt } from '../../json/node.ts';
import { scalarText } from '../cloudformation/values.ts';

/** A document with every text in it overwritten: of one that cannot be read, nobody knows what is secret. */
export function allHidden(document: Document): Document {
  const text = document.text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?/g, (written) =>
    written.length > 1 && written.endsWith('"')
      ? `"${cover.repeat(written.length - 2)}"`
      : `"${cover.repeat(written.length - 1)}`,
  );
  return documentOf(document.path, text);
}

/** What hides a secret, character by character. */
const cover = '\u2588';

/** Shorter texts that are secret are hidden where they are marked, but not wherever else they occur. */
const minLength = 5;
const maxSecrets = 2000;

/** The sensitive values of a plan or a state. */
export class Secrets {
  private readonly marked: Node[] = [];
  private readonly texts = new Set<string>();
  private readonly secret: RegExp | undefined;

  constructor(root: Node) {
    this.resources(nodeAt(root, 'planned_values'));
    this.resources(nodeAt(root, 'values'));
    this.resources(nodeAt(root, 'prior_state', 'values'));
    for (const list of ['resource_changes', 'resource_drift'])
      for (const item of itemsOf(nodeAt(root, list))) this.change(nodeAt(item, 'change'));
    for (const { value } of membersOf(nodeAt(root, 'output_changes'))) this.change(value);
    const declared = nodeAt(root, 'configuration', 'root_module', 'variables');
    for (const { key, value } of membersOf(declared))
      if (isTrue(nodeAt(value, 'sensitive'))) {
        this.mark(nodeAt(root, 'variables', key, 'value'));
        this.mark(nodeAt(value, 'default'));
      }
    for (const { value } of membersOf(nodeAt(root, 'configuration', 'provider_config')))
      for (const { key, value: given } of membersOf(nodeAt(value, 'expressions')))
        if (/key|secret|token|password/.test(key)) this.mark(nodeAt(given, 'constant_value'));
    this.secret = this.texts.size === 0 ? undefined : anyOf([...this.texts]);
  }

  /** The document with every secret overwritten, each character by one other: all places stay what they are. */
  hidden(document: Document, root: Node): Document {
    const places: { start: number; end: number }[] = [];
    for (const node of this.marked) places.push(node.span);
    if (this.secret) this.occurrences(root, places);
    if (places.length === 0) return document;
    places.sort((a, b) => a.start - b.start);
    let text = '';
    let end = 0;
    for (const place of places) {
      if (place.start < end) continue;
      text += document.text.slice(end, place.start) + covered(document.text.slice(place.start, place.end));
      end = place.end;
    }
    return documentOf(document.path, text + document.text.slice(end));
  }

  /** A text that is not the plan's, such as a `.tf` file, with the plan's secrets overwritten. */
  hiddenText(document: Document): Document {
    const { secret } = this;
    if (!secret?.test(document.text)) return document;
    const text = document.text.replace(new RegExp(secret.source, 'g'), (found) => cover.repeat(found.length));
    return documentOf(document.path, text);
  }

  private occurrences(node: Node, places: { start: number; end: number }[]): void {
    if (node.kind === 'array') for (const item of node.items) this.occurrences(item, places);
    else if (node.kind === 'object')
      for (const { key, keySpan, value } of node.members) {
        if (this.secret!.test(key)) places.push(keySpan);
        this.occurrences(value, places);
      }
    else if (node.kind === 'string' && this.secret!.test(node.value)) places.push(...this.within(node));
  }

  /** The secrets within a text; the whole text, where they are written in another way than they are. */
  private within({ span }: Node): { start: number; end: number }[] {
    const written = span.document.text.slice(span.start, span.end);
    const found = [...written.matchAll(new RegExp(this.secret!.source, 'g'))];
    if (found.length === 0) return [span];
    return found.map(({ index, 0: text }) => ({
      start: span.start + index,
      end: span.start + index + text.length,
    }));
  }

  private resources(values: Node | undefined): void {
    for (const { value } of membersOf(nodeAt(values, 'outputs')))
      if (isTrue(nodeAt(value, 'sensitive'))) this.mark(nodeAt(value, 'value'));
    const visit = (module: Node | undefined, depth: number): void => {
      for (const item of itemsOf(nodeAt(module, 'resources')))
        this.under(nodeAt(item, 'values'), nodeAt(item, 'sensitive_values'));
      if (depth < 100) for (const child of itemsOf(nodeAt(module, 'child_modules'))) visit(child, depth + 1);
    };
    visit(nodeAt(values, 'root_module'), 0);
  }

  private change(change: Node | undefined): void {
    this.under(nodeAt(change, 'before'), nodeAt(change, 'before_sensitive'));
    this.under(nodeAt(change, 'after'), nodeAt(change, 'after_sensitive'));
  }

  /** `mask` has the form of the value, with `true` for what is sensitive. */
  private under(value: Node | undefined, mask: Node | undefined): void {
    if (!value || !mask) return;
    if (isTrue(mask)) this.mark(value);
    else if (mask.kind === 'object')
      for (const { key, value: inner } of mask.members) this.under(nodeAt(value, key), inner);
    else if (mask.kind === 'array')
      mask.items.forEach((inner, index) => {
        this.under(nodeAt(value, index), inner);
      });
  }

  private mark(node: Node | undefined): void {
    if (!node) return;
    if (node.kind === 'array') for (const item of node.items) this.mark(item);
    else if (node.kind === 'object') for (const { value } of node.members) this.mark(value);
    // An address is no secret: what a parameter in the Parameter Store holds is marked whatever it is.
    else if (
      node.kind === 'string' &&
      /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[\w./:*+=@-]+$/.test(node.value)
    )
      return;
    else if (node.kind === 'string' || node.kind === 'number') {
      this.marked.push(node);
      const text = scalarText(node);
      if (
        node.kind === 'string' &&
        text !== undefined &&
        text.trim().length >= minLength &&
        this.texts.size < maxSecrets
      ) {
        this.texts.add(text);
        // In a JSON text within a text it is written with escapes.
        this.texts.add(JSON.stringify(text).slice(1, -1));
      }
    }
  }
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'boolean' && node.value;
}

function anyOf(texts: readonly string[]): RegExp {
  const ordered = [...texts].sort((a, b) => b.length - a.length);
  return new RegExp(ordered.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
}

/** The same number of characters, and still a value of JSON. */
function covered(written: string): string {
  if (/^[-0-9]/.test(written)) return '0'.padEnd(written.length);
  const inner = written.startsWith('"') ? written.slice(1, -1) : written;
  return written.startsWith('"') ? `"${cover.repeat(inner.length)}"` : cover.repeat(inner.length);
}

/** A text with what was hidden in it as an unknown part. */
export function uncovered(text: string): string {
  return text.includes(cover) ? text.replace(/\u2588+/g, hole('a sensitive value')) : text;
}
