import type { SyntaxNode, Tree } from '@lezer/common';
import type { Expression, FunctionCode, Pattern, Step } from './tree.ts';

/** Deeper nesting in a program is not read. */
export const maxNesting = 250;

/** What readers of the parts of a language share: each other. */
export interface Reading {
  readonly text: string;
  expression(node: SyntaxNode | null | undefined): Expression;
  pattern(node: SyntaxNode | null | undefined): Pattern;
  /** The steps of a block or of a single statement. */
  steps(nodes: readonly SyntaxNode[]): Step[];
  function(node: SyntaxNode, name: string): FunctionCode;
}

/** The named children of a node; comments and what the parser could not place are left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (
      !child.type.isError &&
      child.name !== 'LineComment' &&
      child.name !== 'BlockComment' &&
      child.name !== 'Comment'
    )
      children.push(child);
  }
  return children;
}

/** Where the parser first lost its way, if it did: what stands there may have been left out. Linear in the tree. */
export function brokenAt(tree: Tree): { readonly broken?: number } {
  const cursor = tree.cursor();
  do if (cursor.type.isError) return { broken: cursor.from };
  while (cursor.next());
  return {};
}

export function textAt({ text }: Reading, node: SyntaxNode): string {
  return text.slice(node.from, node.to);
}

/** Splits a list of nodes at separators. */
export function splitAt(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) groups.push([]);
    else groups.at(-1)!.push(node);
  }
  return groups.filter((group) => group.length > 0);
}

export function opaque(node: { from: number; to: number }, parts: readonly Expression[] = []): Expression {
  return { kind: 'opaque', parts, at: node.from, end: node.to };
}

export function textExpression(text: string, node: { from: number; to: number }): Expression {
  return { kind: 'text', text, at: node.from, end: node.to };
}
