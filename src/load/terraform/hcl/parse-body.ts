import { type Diagnostic, type Outcome, outcome } from '../../../diagnostic/diagnostic.ts';
import type { Document } from '../../../json/document.ts';
import { ExpressionParser } from './parse-expression.ts';
import { HclProblem, Scanner } from './scanner.ts';
import type { Attribute, Block, Body } from './syntax.ts';

const maxDepth = 50;

/**
 * Reads a Terraform file. What is not well-formed is a finding; reading goes on with the next line, so that one
 * mistake does not hide the rest. Linear in the length of the text.
 *
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function parseHcl(document: Document): Outcome<Body> {
  const parser = new BodyParser(document);
  const body = parser.body(0);
  return outcome(body, parser.problems);
}

class BodyParser {
  readonly problems: Diagnostic[] = [];
  private readonly scanner: Scanner;
  private readonly expressions: ExpressionParser;

  constructor(document: Document) {
    this.scanner = new Scanner(document);
    this.expressions = new ExpressionParser(this.scanner);
  }

  /** The items up to the end of the file or the closing brace, which is taken. */
  body(depth: number): Body {
    const { scanner } = this;
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (;;) {
      scanner.skipLines();
      if (scanner.ended) {
        if (depth > 0) this.note(() => scanner.fail('a block is not closed'));
        return { attributes, blocks };
      }
      if (depth > 0 && scanner.take('}')) return { attributes, blocks };
      const start = scanner.at;
      const item = this.note(() => this.item(depth));
      if (!item) this.nextLine(start);
      else if ('labels' in item) blocks.push(item);
      else attributes.set(item.name, item);
    }
  }

  private item(depth: number): Attribute | Block {
    const { scanner } = this;
    const start = scanner.at;
    const name = scanner.identifier() ?? scanner.fail('expected the name of an argument or a block');
    const nameSpan = scanner.span(start);
    if (scanner.peek('=') && !scanner.peek('==')) {
      scanner.at++;
      const value = this.expressions.expression();
      this.endOfItem();
      return { name, nameSpan, value };
    }
    const labels: string[] = [];
    while (!scanner.peek('{')) {
      const quoted = scanner.peek('"') ? /"((?:[^"\\\n]|\\.)*)"/y : undefined;
      if (quoted) quoted.lastIndex = scanner.at;
      const label = quoted ? quoted.exec(scanner.text) : null;
      if (label) scanner.at += label[0].length;
      labels.push(
        label?.[1] ?? scanner.identifier() ?? scanner.fail('expected "=", or the labels of a block and "{"'),
      );
    }
    const head = scanner.span(start);
    if (depth >= maxDepth) scanner.fail(`blocks nest deeper than ${maxDepth} levels`);
    scanner.expect('{', 'at the beginning of a block');
    const body = scanner.apart(() => this.body(depth + 1));
    return { type: name, labels, body, head, span: scanner.span(start) };
  }

  private endOfItem(): void {
    const { scanner } = this;
    scanner.skip();
    const next = scanner.text[scanner.at];
    if (next !== undefined && next !== '\n' && next !== '}') scanner.fail('expected the end of the line');
  }

  private note<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof HclProblem)) throw error;
      // One mistake often brings others with it: a few tell enough.
      if (this.problems.length < 20) this.problems.push(error.diagnostic);
      return undefined;
    }
  }

  private nextLine(start: number): void {
    const { scanner } = this;
    if (scanner.at < start) scanner.at = start;
    scanner.toLineEnd();
    if (!scanner.ended) scanner.at++;
  }
}
