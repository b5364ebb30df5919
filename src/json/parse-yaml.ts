import {
  type Alias,
  Composer,
  type CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  Parser,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  type Node as YamlNode,
} from 'yaml';
import { type Diagnostic, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Document, type Span, spanOf } from './document.ts';
import type { Member, Node } from './node.ts';
import { plainScalar } from './yaml-scalar.ts';
import { longForm } from './yaml-tags.ts';

export interface ParseYamlOptions {
  /** Levels of nesting before the text is refused. */
  readonly maxDepth?: number;
  /** Length of the text, in UTF-16 units, before it is refused; CloudFormation's own limit is a fifth of the default. */
  readonly maxLength?: number;
  /** Parts of the tree that aliases may repeat before the text is refused. */
  readonly maxRepeated?: number;
}

/**
 * Reads YAML text into trees with places, one for each of its documents. CloudFormation's short forms (`!Sub x`)
 * become their long forms (`{"Fn::Sub": x}`); `<<` merges; a value with another tag is read as if it had none, and
 * said so. A text that is not YAML yields no trees and the findings. Repeated keys are kept.
 *
 * Linear in the length of the text. Aliases share what they repeat, and how much they repeat is bounded.
 */
export function parseYaml(document: Document, options: ParseYamlOptions = {}): Outcome<readonly Node[]> {
  const { text } = document;
  const maxLength = options.maxLength ?? 5_000_000;
  if (text.length > maxLength) {
    const params = { what: 'the file', limit: `${maxLength} characters` };
    return outcome([], [finding('input/too-large', params, { span: spanOf(document, 0, 1) })]);
  }
  const reader = new YamlReader(document, options);
  try {
    return outcome(reader.documents(), reader.diagnostics);
  } catch (error) {
    if (error instanceof Refused) return outcome([], [...reader.diagnostics, error.diagnostic]);
    throw error;
  }
}

function tooDeep(document: Document, options: ParseYamlOptions, at: number): Diagnostic {
  const params = { what: 'the nesting', limit: `${options.maxDepth ?? 1000} levels` };
  return finding('input/too-large', params, { span: spanOf(document, at, at + 1) });
}

/** Carries a finding out of the recursive descent; never leaves this file. */
class Refused extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((part) => part != null));
}

/** A value read before, for aliases: with the number of its parts. */
interface Anchored {
  readonly node: Node;
  readonly size: number;
}

class YamlReader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly source: Document;
  private readonly options: ParseYamlOptions;
  private readonly maxDepth: number;
  private readonly maxRepeated: number;
  private anchors = new Map<string, Anchored>();
  private size = 0;
  private repeated = 0;

  constructor(source: Document, options: ParseYamlOptions) {
    this.source = source;
    this.options = options;
    this.maxDepth = options.maxDepth ?? 1000;
    this.maxRepeated = options.maxRepeated ?? 200_000;
  }

  documents(): Node[] {
    // Scalars are resolved here, by plainScalar, from their text: the library's schemas would lose it.
    const composer = new Composer({
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const documents = [...composer.compose(this.tokens())];
    for (const { errors } of documents) {
      // What follows the first error mostly follows from it.
      for (const { message, pos } of errors.slice(0, 1)) this.syntax(message, pos[0], pos[1]);
    }
    if (this.diagnostics.length > 0) return [];
    return documents.flatMap(({ contents }) => {
      this.anchors = new Map();
      return contents === null ? [] : [this.node(contents as YamlNode, 0)];
    });
  }

  /** The syntax tree. Its nesting is measured here, since the library composes values by recursion. */
  private tokens(): CST.Token[] {
    const tokens = [...new Parser().parse(this.source.text)];
    const rest = tokens.map((token) => ({ token, depth: 0 }));
    for (let next = rest.pop(); next; next = rest.pop()) {
      const { token, depth } = next;
      if (depth > this.maxDepth) throw new Refused(tooDeep(this.source, this.options, token.offset));
      for (const inner of tokensIn(token)) rest.push({ token: inner, depth: depth + 1 });
    }
    return tokens;
  }

  private node(node: YamlNode | null | undefined, depth: number, at = 0): Node {
    if (node === null || node === undefined) return { kind: 'null', span: this.span(at, at) };
    if (depth > this.maxDepth) throw new Refused(tooDeep(this.source, this.options, node.range?.[0] ?? 0));
    if (isAlias(node)) return this.alias(node);
    const before = this.size++;
    const value = this.untagged(node, depth);
    const result = node.tag?.startsWith('!') ? this.tagged(node.tag, value) : value;
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) this.anchors.set(anchor, { node: result, size: this.size - before });
    return result;
  }

  private untagged(node: YamlNode, depth: number): Node {
    if (isMap(node)) return this.map(node, depth);
    if (isSeq(node)) return this.sequence(node, depth);
    return this.scalar(node as Scalar);
  }

  private scalar(node: Scalar): Node {
    const span = this.spanOf(node);
    const text = String(node.value ?? '');
    if (node.type !== 'PLAIN' || node.tag === 'tag:yaml.org,2002:str')
      return { kind: 'string', span, value: text };
    return plainScalar(text, span);
  }

  private sequence(node: YAMLSeq, depth: number): Node {
    const items = node.items.map((item) =>
      // A list of single pairs (`[a: 1]`) holds bare pairs.
      isPair(item)
        ? this.pairs([item], depth + 1, this.spanOf(node))
        : this.node(item as YamlNode, depth + 1),
    );
    return { kind: 'array', span: this.spanOf(node), items };
  }

  private map(node: YAMLMap, depth: number): Node {
    return this.pairs(node.items, depth, this.spanOf(node));
  }

  private pairs(pairs: readonly Pair[], depth: number, span: Span): Node {
    const merged: Member[] = [];
    const members: Member[] = [];
    for (const pair of pairs) {
      const keyNode = pair.key as YamlNode | null;
      const { key, keySpan } = this.key(keyNode);
      const value = this.node(pair.value as YamlNode | null, depth + 1, keySpan.end);
      if (key === '<<' && isScalar(keyNode) && keyNode.type === 'PLAIN') merged.push(...this.merge(value));
      else members.push({ key, keySpan, value });
    }
    if (merged.length === 0) return { kind: 'object', span, members };
    const own = new Set(members.map(({ key }) => key));
    return { kind: 'object', span, members: [...merged.filter(({ key }) => !own.has(key)), ...members] };
  }

  /** What `<<` brings: the members of an object, or of several, of which the first has precedence. */
  private merge(value: Node): Member[] {
    if (value.kind === 'array') {
      const seen = new Map<string, Member>();
      for (const item of value.items) {
        for (const member of this.merge(item)) if (!seen.has(member.key)) seen.set(member.key, member);
      }
      return [...seen.values()];
    }
    if (value.kind === 'object') return [...value.members];
    this.syntax('"<<" merges an object or a list of objects', value.span.start, value.span.end);
    return [];
  }

  private key(node: YamlNode | null): { key: string; keySpan: Span } {
    const keySpan = node ? this.spanOf(node) : this.span(0, 0);
    if (isScalar(node)) {
      const value = this.scalar(node);
      if (node.anchor !== undefined) this.anchors.set(node.anchor, { node: value, size: 1 });
      return { key: String(node.value ?? ''), keySpan };
    }
    if (isAlias(node)) {
      const { node: value } = this.anchored(node);
      if (value.kind === 'string') return { key: value.value, keySpan };
      if (value.kind === 'number') return { key: value.raw, keySpan };
    }
    return { key: this.source.text.slice(keySpan.start, keySpan.end).trim(), keySpan };
  }

  private alias(node: Alias): Node {
    const { node: target, size } = this.anchored(node);
    this.repeated += size;
    this.size += size;
    if (this.repeated <= this.maxRepeated) return target;
    const params = { what: 'what aliases repeat', limit: `${this.maxRepeated} values` };
    throw new Refused(finding('input/too-large', params, { span: this.spanOf(node) }));
  }

  private anchored(node: Alias): Anchored {
    const known = this.anchors.get(node.source);
    if (known) return known;
    const problem = `no value before this one has the anchor &${node.source}`;
    throw new Refused(finding('input/syntax', { problem }, { span: this.spanOf(node) }));
  }

  private tagged(tag: string, value: Node): Node {
    const { start, end } = value.span;
    const tagStart = this.source.text.lastIndexOf(tag, start);
    const tagSpan = tagStart < 0 ? value.span : this.span(tagStart, tagStart + tag.length);
    const long = longForm(tag, value, tagSpan, this.span(Math.min(tagSpan.start, start), end));
    if (long) return long;
    this.diagnostics.push(finding('input/unknown-tag', { tag }, { span: tagSpan }));
    return value;
  }

  private syntax(problem: string, start: number, end: number): void {
    const place = this.span(start, Math.max(end, start + 1));
    this.diagnostics.push(finding('input/syntax', { problem: problem.replace(/\.$/, '') }, { span: place }));
  }

  private spanOf(node: YamlNode): Span {
    const [start, end] = node.range ?? [0, 0];
    return this.span(start, end);
  }

  private span(start: number, end: number): Span {
    return spanOf(this.source, start, end);
  }
}
