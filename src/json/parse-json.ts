import { type Diagnostic, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Document, type Span, spanOf } from './document.ts';
import type { Member, Node } from './node.ts';

export interface ParseJsonOptions {
  /** Levels of nesting before the text is refused; EventBridge itself stops at 1,000. */
  readonly maxDepth?: number;
  /** Accept text after the value, as AWS does after an event pattern. */
  readonly allowTrailing?: boolean;
  /** Skip a byte order mark in front, which some editors put into files; AWS refuses one in patterns and events. */
  readonly allowMark?: boolean;
}

/**
 * Reads JSON text (RFC 8259, no extensions) into a tree with places. A text that is not JSON yields no value and
 * one finding at the place where it stops being JSON. Repeated keys are kept: whether they matter is for the
 * reader of the tree to say. Linear in the length of the text.
 */
export function parseJson(document: Document, options: ParseJsonOptions = {}): Outcome<Node | undefined> {
  const parser = new JsonParser(document, options);
  try {
    return outcome(parser.document());
  } catch (error) {
    if (error instanceof SyntaxProblem) return outcome(undefined, [error.diagnostic]);
    throw error;
  }
}

/** Carries a finding out of the recursive descent; never leaves this file. */
class SyntaxProblem extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PLAIN_STRING = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonParser {
  private readonly source: Document;
  private readonly text: string;
  private readonly maxDepth: number;
  private readonly allowTrailing: boolean;
  private readonly allowMark: boolean;
  private at = 0;

  constructor(source: Document, options: ParseJsonOptions) {
    this.source = source;
    this.text = source.text;
    this.maxDepth = options.maxDepth ?? 1000;
    this.allowTrailing = options.allowTrailing ?? false;
    this.allowMark = options.allowMark ?? false;
  }

  document(): Node {
    if (this.allowMark && this.text.startsWith('\ufeff')) this.at = 1;
    const value = this.value(0);
    this.space();
    if (!this.allowTrailing && this.at < this.text.length) this.fail('text after the end of the value');
    return value;
  }

  private value(depth: number): Node {
    this.space();
    const start = this.at;
    const first = this.text[start];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.array(depth);
    if (first === '"') return { kind: 'string', value: this.string(), span: this.span(start) };
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) return this.number();
    if (this.text.startsWith('true', start)) return this.word(4, true);
    if (this.text.startsWith('false', start)) return this.word(5, false);
    if (this.text.startsWith('null', start)) {
      this.at += 4;
      return { kind: 'null', span: this.span(start) };
    }
    return this.fail(
      first === undefined
        ? 'the text ends where a value should stand'
        : `a value cannot begin with ${show(first)}`,
    );
  }

  private word(length: number, value: boolean): Node {
    const start = this.at;
    this.at += length;
    return { kind: 'boolean', value, span: this.span(start) };
  }

  private object(depth: number): Node {
    const start = this.at++;
    this.checkDepth(depth, start);
    const members: Member[] = [];
    this.space();
    while (this.text[this.at] !== '}' || members.length > 0) {
      if (this.text[this.at] !== '"') this.fail('expected a key in double quotes');
      const keyStart = this.at;
      const key = this.string();
      const keySpan = this.span(keyStart);
      this.space();
      if (this.text[this.at] !== ':') this.fail(`expected ":" after the key ${JSON.stringify(key)}`);
      this.at++;
      members.push({ key, keySpan, value: this.value(depth + 1) });
      this.space();
      if (this.text[this.at] === '}') break;
      if (this.text[this.at] !== ',') this.fail('expected "," or "}" after a member');
      this.at++;
      this.space();
    }
    this.at++;
    return { kind: 'object', members, span: this.span(start) };
  }

  private array(depth: number): Node {
    const start = this.at++;
    this.checkDepth(depth, start);
    const items: Node[] = [];
    this.space();
    while (this.text[this.at] !== ']' || items.length > 0) {
      items.push(this.value(depth + 1));
      this.space();
      if (this.text[this.at] === ']') break;
      if (this.text[this.at] !== ',') this.fail('expected "," or "]" after an item');
      this.at++;
    }
    this.at++;
    return { kind: 'array', items, span: this.span(start) };
  }

  private checkDepth(depth: number, start: number): void {
    if (depth < this.maxDepth) return;
    const params = { what: 'the nesting', limit: `${this.maxDepth} levels` };
    throw new SyntaxProblem(finding('input/too-large', params, { span: this.span(start) }));
  }

  private number(): Node {
    const start = this.at;
    NUMBER.lastIndex = start;
    const raw = NUMBER.exec(this.text)?.[0];
    if (raw === undefined) return this.fail('a number needs digits after "-"');
    this.at += raw.length;
    const next = this.text[this.at];
    if (next !== undefined && /[0-9.eE+\-A-Za-z]/.test(next))
      this.fail(`${show(next)} cannot follow the number ${raw}`);
    return { kind: 'number', raw, value: Number(raw), span: this.span(start) };
  }

  private string(): string {
    let result = '';
    this.at++;
    for (;;) {
      PLAIN_STRING.lastIndex = this.at;
      const plain = PLAIN_STRING.exec(this.text)![0];
      result += plain;
      this.at += plain.length;
      const unit = this.text[this.at];
      if (unit === '"') break;
      if (unit === undefined) this.fail('a string is not closed');
      if (unit !== '\\') this.fail('a control character must be escaped inside a string');
      result += this.escape();
    }
    this.at++;
    return result;
  }

  private escape(): string {
    const letter = this.text[this.at + 1];
    const simple = letter === undefined ? undefined : ESCAPES[letter];
    if (simple !== undefined) {
      this.at += 2;
      return simple;
    }
    const digits = this.text.slice(this.at + 2, this.at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits))
      return this.fail('this escape is not one of JSON');
    this.at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private space(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }

  private span(start: number): Span {
    return spanOf(this.source, start, this.at);
  }

  private fail(problem: string): never {
    const end = Math.min(this.at + 1, this.text.length);
    throw new SyntaxProblem(
      finding('input/syntax', { problem }, { span: spanOf(this.source, this.at, end) }),
    );
  }
}

function show(unit: string): string {
  return JSON.stringify(unit);
}
