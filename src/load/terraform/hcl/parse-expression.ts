import type { Node } from '../../../json/node.ts';
import { textNode } from '../../cloudformation/values.ts';
import { heredoc, quoted } from './parse-template.ts';
import type { Scanner } from './scanner.ts';
import type { Expression, ObjectMember } from './syntax.ts';

/** From weakest to strongest. */
const operators: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const number = /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const maxDepth = 150;
const maxOperators = 300;

/** Reads one expression. Linear in its length. */
export class ExpressionParser {
  private readonly scanner: Scanner;
  private depth = 0;

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  readonly expression = (): Expression => {
    if (++this.depth > maxDepth) this.scanner.fail(`expressions nest deeper than ${maxDepth} levels`);
    try {
      return this.conditional();
    } finally {
      this.depth--;
    }
  };

  private conditional(): Expression {
    const { scanner } = this;
    scanner.skip();
    const start = scanner.at;
    const condition = this.binary(0);
    if (!scanner.take('?')) return condition;
    const then = this.expression();
    scanner.expect(':', 'between the two values of a conditional');
    const otherwise = this.expression();
    return { kind: 'conditional', condition, then, otherwise, span: scanner.span(start) };
  }

  private binary(level: number): Expression {
    const { scanner } = this;
    const signs = operators[level];
    if (!signs) return this.unary();
    scanner.skip();
    const start = scanner.at;
    let left = this.binary(level + 1);
    for (let count = 0; ; count++) {
      if (count > maxOperators) this.scanner.fail(`an expression has more than ${maxOperators} operators`);
      const operator = signs.find((sign) => scanner.peek(sign));
      if (operator === undefined) return left;
      scanner.at += operator.length;
      const right = this.binary(level + 1);
      left = { kind: 'binary', operator, left, right, span: scanner.span(start) };
    }
  }

  private unary(): Expression {
    const { scanner } = this;
    scanner.skip();
    const start = scanner.at;
    for (const operator of ['!', '-']) {
      if (!scanner.take(operator)) continue;
      const operand = this.deeper(() => this.unary());
      return { kind: 'unary', operator, operand, span: scanner.span(start) };
    }
    return this.steps(this.primary(), start);
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > maxDepth) this.scanner.fail(`expressions nest deeper than ${maxDepth} levels`);
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** `.name`, `.0`, `[key]`, `[*]`, `.*` after a value. */
  private steps(first: Expression, start: number): Expression {
    const { scanner } = this;
    let of = first;
    for (let count = 0; ; count++) {
      if (count > maxOperators) scanner.fail(`an expression has more than ${maxOperators} steps`);
      if (scanner.text.startsWith('...', scanner.at)) return of;
      if (scanner.text[scanner.at] === '.') {
        scanner.at++;
        if (scanner.take('*')) return this.splat(of, start);
        number.lastIndex = scanner.at;
        const index = /[0-9]+/y;
        index.lastIndex = scanner.at;
        const digits = index.exec(scanner.text)?.[0];
        if (digits !== undefined) {
          scanner.at += digits.length;
          const key = this.literal(Number(digits), digits, scanner.at - digits.length);
          of = { kind: 'index', of, key, span: scanner.span(start) };
          continue;
        }
        const name = scanner.identifier() ?? scanner.fail('expected a name after "."');
        of = { kind: 'attribute', of, name, span: scanner.span(start) };
      } else if (scanner.text[scanner.at] === '[') {
        scanner.at++;
        const splat = scanner.within(() => scanner.take('*'));
        if (splat) {
          scanner.expect(']', 'after "[*"');
          return this.splat(of, start);
        }
        const key = scanner.within(this.expression);
        scanner.within(() => scanner.expect(']', 'after an index'));
        of = { kind: 'index', of, key, span: scanner.span(start) };
      } else return of;
    }
  }

  private splat(of: Expression, start: number): Expression {
    const { scanner } = this;
    const item: Expression = { kind: 'name', name: 'item of a splat', span: scanner.span(start) };
    const each = this.deeper(() => this.steps(item, start));
    return { kind: 'splat', of, each, span: scanner.span(start) };
  }

  private primary(): Expression {
    const { scanner } = this;
    const start = scanner.at;
    const sign = scanner.text[start];
    if (sign === '"') return quoted(scanner, this.expression);
    if (sign === '<' && scanner.text[start + 1] === '<') return heredoc(scanner, this.expression);
    if (sign === '(') {
      scanner.at++;
      return scanner.within(() => {
        const inner = this.expression();
        scanner.expect(')', 'after an expression in parentheses');
        return inner;
      });
    }
    if (sign === '[') return scanner.within(() => this.list(start));
    if (sign === '{') return scanner.within(() => this.object(start));
    number.lastIndex = start;
    const digits = number.exec(scanner.text)?.[0];
    if (digits !== undefined) {
      scanner.at += digits.length;
      return this.literal(Number(digits), digits, start);
    }
    const name = scanner.identifier();
    if (name !== undefined) return this.named(name, start);
    return scanner.fail(sign === undefined ? 'the text ends where a value should stand' : 'expected a value');
  }

  private named(name: string, start: number): Expression {
    const { scanner } = this;
    const span = scanner.span(start);
    const value = (node: Node): Expression => ({ kind: 'value', node, span });
    if (name === 'true' || name === 'false') return value({ kind: 'boolean', value: name === 'true', span });
    if (name === 'null') return value({ kind: 'null', span });
    let called = name;
    while (scanner.text.startsWith('::', scanner.at)) {
      scanner.at += 2;
      called += `::${scanner.identifier() ?? scanner.fail('expected a name after "::"')}`;
    }
    if (scanner.text[scanner.at] !== '(') return { kind: 'name', name, span };
    scanner.at++;
    return scanner.within(() => this.call(called, start));
  }

  private call(name: string, start: number): Expression {
    const { scanner } = this;
    const given: Expression[] = [];
    let expand = false;
    while (!scanner.take(')')) {
      given.push(this.expression());
      expand = scanner.take('...');
      if (scanner.take(',')) continue;
      scanner.expect(')', `after the arguments of ${name}`);
      break;
    }
    return { kind: 'call', name, arguments: given, expand, span: scanner.span(start) };
  }

  private list(start: number): Expression {
    const { scanner } = this;
    scanner.at++;
    const loop = this.loop(start, ']');
    if (loop) return loop;
    const items: Expression[] = [];
    while (!scanner.take(']')) {
      items.push(this.expression());
      if (scanner.take(',')) continue;
      scanner.expect(']', 'after the items of a list');
      break;
    }
    return { kind: 'list', items, span: scanner.span(start) };
  }

  private object(start: number): Expression {
    const { scanner } = this;
    scanner.at++;
    const loop = this.loop(start, '}');
    if (loop) return loop;
    const members: ObjectMember[] = [];
    while (!scanner.take('}')) {
      const key = this.key();
      if (!scanner.take('=') && !scanner.take(':')) scanner.fail('expected "=" or ":" after a key');
      // A member ends with its line, which an operator on the next one would hide.
      const value = scanner.apart(this.expression);
      members.push({ key, value });
      scanner.take(',');
      if (scanner.ended) scanner.fail('an object is not closed');
    }
    return { kind: 'object', members, span: scanner.span(start) };
  }

  /** A bare name is a text. */
  private key(): Expression {
    const { scanner } = this;
    scanner.skip();
    const start = scanner.at;
    const name = scanner.identifier();
    if (name !== undefined && (scanner.peek('=') || scanner.peek(':'))) {
      const span = scanner.span(start, start + name.length);
      return { kind: 'value', node: textNode(name, span), span };
    }
    scanner.at = start;
    return this.binary(0);
  }

  /** `for k, v in list : key => value... if condition`, up to the bracket that closes it. */
  private loop(start: number, close: string): Expression | undefined {
    const { scanner } = this;
    const before = scanner.at;
    const first = scanner.word('for') ? scanner.identifier() : undefined;
    if (first === undefined) {
      scanner.at = before;
      return undefined;
    }
    const second = scanner.take(',')
      ? (scanner.identifier() ?? scanner.fail('expected a name after ","'))
      : undefined;
    if (!scanner.word('in')) scanner.fail('expected "in" after the names of a "for"');
    const over = this.expression();
    scanner.expect(':', 'after what a "for" goes over');
    const value = this.expression();
    const arrow = scanner.take('=>');
    const to = arrow ? this.expression() : value;
    const grouped = scanner.take('...');
    const when = scanner.word('if') ? this.expression() : undefined;
    scanner.expect(close, 'at the end of a "for"');
    return {
      kind: 'for',
      key: second === undefined ? undefined : first,
      item: second ?? first,
      over,
      toKey: arrow ? value : undefined,
      to,
      grouped,
      when,
      span: scanner.span(start),
    };
  }

  private literal(value: number, raw: string, start: number): Expression {
    const span = this.scanner.span(start, start + raw.length);
    return { kind: 'value', node: { kind: 'number', value, raw, span }, span };
  }
}
