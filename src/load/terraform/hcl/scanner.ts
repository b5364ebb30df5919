import type { Diagnostic } from '../../../diagnostic/diagnostic.ts';
import { finding } from '../../../diagnostic/diagnostic.ts';
import { type Document, type Span, spanOf } from '../../../json/document.ts';

/** Carries a finding out of the recursive descent; the body it happened in goes on with its next line. */
export class HclProblem extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const blank = /[ \t\r]+/y;
const lines = /[ \t\r\n]+/y;

/** Where a reader of a Terraform file stands. Within brackets the ends of lines mean nothing. */
export class Scanner {
  readonly document: Document;
  readonly text: string;
  at = 0;
  private brackets = 0;

  constructor(document: Document) {
    this.document = document;
    this.text = document.text;
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** Blanks and comments; outside of brackets not the ends of lines. */
  skip(): void {
    for (;;) {
      const space = this.brackets > 0 ? lines : blank;
      space.lastIndex = this.at;
      if (space.test(this.text)) this.at = space.lastIndex;
      if (this.text[this.at] === '#' || this.text.startsWith('//', this.at)) this.toLineEnd();
      else if (this.text.startsWith('/*', this.at)) {
        const end = this.text.indexOf('*/', this.at + 2);
        this.at = end < 0 ? this.text.length : end + 2;
      } else return;
    }
  }

  /** Blanks, comments and ends of lines. */
  skipLines(): void {
    this.within(() => this.skip());
  }

  within<T>(read: () => T): T {
    this.brackets++;
    try {
      return read();
    } finally {
      this.brackets--;
    }
  }

  /** Reads as if outside of all brackets: the body of a block. */
  apart<T>(read: () => T): T {
    const before = this.brackets;
    this.brackets = 0;
    try {
      return read();
    } finally {
      this.brackets = before;
    }
  }

  peek(sign: string): boolean {
    this.skip();
    return this.text.startsWith(sign, this.at);
  }

  /** Takes a sign if it comes next. */
  take(sign: string): boolean {
    if (!this.peek(sign)) return false;
    this.at += sign.length;
    return true;
  }

  expect(sign: string, where: string): void {
    if (!this.take(sign)) this.fail(`expected "${sign}" ${where}`);
  }

  /** An identifier, if one comes next. */
  identifier(): string | undefined {
    this.skip();
    identifier.lastIndex = this.at;
    const found = identifier.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Takes a word that is not the beginning of a longer one. */
  word(word: string): boolean {
    const before = this.at;
    if (this.identifier() === word) return true;
    this.at = before;
    return false;
  }

  toLineEnd(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  span(start: number, end = this.at): Span {
    return spanOf(this.document, start, end);
  }

  fail(problem: string): never {
    const end = Math.min(this.at + 1, this.text.length);
    throw new HclProblem(finding('input/syntax', { problem }, { span: this.span(this.at, end) }));
  }
}
