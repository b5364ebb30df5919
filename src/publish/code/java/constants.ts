import type { SyntaxNode, Tree } from '@lezer/common';
import type { Document } from '../../../json/document.ts';

/** A parsed source. */
export interface JavaFile {
  readonly document: Document;
  readonly tree: Tree;
  /** Names of variables, parameters and fields that may hold anything. */
  readonly variables: ReadonlySet<string>;
  /** Constants that go by their bare name here: those of its own types, and static imports. */
  readonly bare: ReadonlyMap<string, Constant>;
}

/** The value of a `final` field, or a member of an enum. */
export type Constant =
  | { readonly file: Document; readonly value: SyntaxNode }
  | { readonly member: string; readonly renamed: boolean }
  /** Several of that name. */
  | 'ambiguous';

export type Constants = ReadonlyMap<string, Constant>;

export function textOf(document: Document, { from, to }: SyntaxNode): string {
  return document.text.slice(from, to);
}

/** Reads what all sources of a module say once: constants by `Type.NAME`, whatever package the type is in. */
export function readConstants(trees: readonly { readonly document: Document; readonly tree: Tree }[]): {
  readonly constants: Constants;
  readonly files: readonly JavaFile[];
} {
  const constants = new Map<string, Constant>();
  const drafts = trees.map(({ document, tree }) => {
    const variables = new Set<string>();
    const bare = new Map<string, Constant>();
    const imported: string[] = [];
    tree.iterate({
      enter(reached) {
        // Most nodes are none of these; to make one of what is reached takes time.
        if (!read.test(reached.name)) return;
        const { node } = reached;
        if (node.name === 'ImportDeclaration') {
          const written = textOf(document, node).replace(/\s+/g, ' ');
          const name = /^import static (?:\w+\.)*?(\w+\.(?:\w+|\*)) ?;$/.exec(written)?.[1];
          if (name !== undefined) imported.push(name);
        } else if (node.name === 'EnumConstant') {
          const name = textOf(document, node.getChild('Definition') ?? node);
          const body = node.parent!;
          add(constants, bare, typeAround(document, node), name, {
            member: name,
            renamed: /\btoString\s*\(/.test(textOf(document, body)),
          });
        } else if (node.name === 'VariableDeclarator') {
          const name = textOf(document, node.getChild('Definition') ?? node);
          const value = isFinal(document, node.parent!) ? valueIn(node) : undefined;
          if (value) add(constants, bare, typeAround(document, node), name, { file: document, value });
          else variables.add(name);
        } else if (node.name === 'Definition' && !declares.test(node.parent!.name)) {
          variables.add(textOf(document, node));
        }
      },
    });
    return { document, tree, variables, bare, imported };
  });
  const files = drafts.map(({ imported, bare, ...file }) => {
    const own = new Set(bare.keys());
    for (const name of imported) {
      const [type = '', member = ''] = name.split('.');
      for (const [key, constant] of constants) {
        const [of, inner = ''] = key.split('.');
        if (of !== type || (member !== '*' && member !== inner) || own.has(inner)) continue;
        bare.set(inner, bare.has(inner) ? 'ambiguous' : constant);
      }
    }
    return { ...file, bare };
  });
  return { constants, files };
}

const read = /^(?:ImportDeclaration|EnumConstant|VariableDeclarator|Definition)$/;

/** Definitions that are no variables, or are looked at by themselves. */
const declares =
  /^(?:Class|Interface|Enum|Method|Constructor|AnnotationType)Declaration$|^(?:EnumConstant|VariableDeclarator|AnnotationTypeElementDeclaration)$/;

function add(
  constants: Map<string, Constant>,
  bare: Map<string, Constant>,
  type: string,
  name: string,
  constant: Constant,
): void {
  const key = `${type}.${name}`;
  constants.set(key, constants.has(key) ? 'ambiguous' : constant);
  bare.set(name, bare.has(name) ? 'ambiguous' : constant);
}

/** The fields of interfaces are final without saying so; a local variable counts by its name alone. */
function isFinal(document: Document, declaration: SyntaxNode): boolean {
  if (declaration.name === 'ConstantDeclaration') return true;
  if (declaration.name !== 'FieldDeclaration') return false;
  const modifiers = declaration.getChild('Modifiers');
  return modifiers !== null && /\bfinal\b/.test(textOf(document, modifiers));
}

function valueIn(declarator: SyntaxNode): SyntaxNode | undefined {
  return declarator.getChild('AssignOp')?.nextSibling ?? undefined;
}

function typeAround(document: Document, node: SyntaxNode): string {
  for (let at: SyntaxNode | null = node.parent; at; at = at.parent) {
    if (!/^(?:Class|Interface|Enum)Declaration$/.test(at.name)) continue;
    const name = at.getChild('Definition');
    return name ? textOf(document, name) : '';
  }
  return '';
}
