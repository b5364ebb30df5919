import type { Span } from '../../../json/document.ts';
import type { Node } from '../../../json/node.ts';

/** An expression of the Terraform language. https://developer.hashicorp.com/terraform/language/expressions */
export type Expression =
  /** A value as it is: a literal, or a constant that a plan tells. */
  | { readonly kind: 'value'; readonly node: Node; readonly span: Span }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'object'; readonly members: readonly ObjectMember[]; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string; readonly span: Span }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression; readonly span: Span }
  /** `of[*].rest`: `each` says what to do with an item, which it calls by the name `each`. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression; readonly span: Span }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly Expression[];
      /** The last argument is a list of arguments (`...`). */
      readonly expand: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'for';
      readonly key: string | undefined;
      readonly item: string;
      readonly over: Expression;
      /** Undefined: it makes a list. */
      readonly toKey: Expression | undefined;
      readonly to: Expression;
      readonly grouped: boolean;
      readonly when: Expression | undefined;
      readonly span: Span;
    }
  /** All that a plan tells of an expression that is no constant: what it refers to, the most exact first. */
  | { readonly kind: 'references'; readonly to: readonly string[]; readonly span: Span };

export interface ObjectMember {
  readonly key: Expression;
  readonly value: Expression;
}

export type TemplatePart =
  /** `exact`: the text stands in the document as it is. */
  | { readonly kind: 'text'; readonly value: string; readonly span: Span; readonly exact: boolean }
  | { readonly kind: 'value'; readonly expression: Expression }
  /** A directive (`%{ if … }`): what it makes is not worked out. */
  | { readonly kind: 'directive'; readonly span: Span };

export interface Attribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** The type and the labels. */
  readonly head: Span;
  readonly span: Span;
}

export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}
