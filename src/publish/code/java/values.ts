import type { SyntaxNode } from '@lezer/common';
import { hole } from '../../../json/holes.ts';
import type { Environment } from '../environment.ts';
import { type Constant, type Constants, type JavaFile, textOf } from './constants.ts';

/** What a text of an entry may be made of. */
export interface JavaWorld {
  readonly constants: Constants;
  readonly files: readonly JavaFile[];
  readonly environment: Environment;
}

/** Constants made of constants. */
const maxDepth = 20;

/** The text an expression gives, with a hole for each part that is not known. */
export function javaText(node: SyntaxNode, file: JavaFile, world: JavaWorld, depth = 0): string {
  const { document } = file;
  const written = textOf(document, node);
  const unknown = hole(`${written.slice(0, 60)} at ${document.path}:${node.from}`);
  if (depth > maxDepth) return unknown;
  const inner = (each: SyntaxNode): string => javaText(each, file, world, depth + 1);
  const known = (constant: Constant | undefined): string => {
    if (constant === undefined || constant === 'ambiguous' || 'member' in constant) return unknown;
    const home = world.files.find((each) => each.document === constant.file)!;
    return javaText(constant.value, home, world, depth + 1);
  };
  switch (node.name) {
    case 'StringLiteral':
      return literal(written) ?? unknown;
    case 'ParenthesizedExpression':
      return node.firstChild?.nextSibling ? inner(node.firstChild.nextSibling) : unknown;
    case 'BinaryExpression': {
      const { firstChild: left, lastChild: right } = node;
      const plus = left?.nextSibling;
      if (!left || !right || !plus || textOf(document, plus) !== '+') return unknown;
      return inner(left) + inner(right);
    }
    case 'Identifier':
      return file.variables.has(written) ? unknown : known(file.bare.get(written));
    case 'FieldAccess':
      return known(named(written, file, world));
    case 'MethodInvocation': {
      const variable = /^System\s*\.\s*getenv\s*\(\s*("(?:[^"\\]|\\.)*")\s*\)$/.exec(written)?.[1];
      const name = variable === undefined ? undefined : literal(variable);
      if (name !== undefined) return world.environment.get(name) ?? hole(`environment ${name}`);
      const member = /^([\w.]+)\s*\.\s*(name|toString)\s*\(\s*\)$/.exec(written);
      const constant = member ? named(member[1]!, file, world) : undefined;
      if (!constant || constant === 'ambiguous' || !('member' in constant)) return unknown;
      return member![2] === 'toString' && constant.renamed ? unknown : constant.member;
    }
    default:
      return unknown;
  }
}

/** `Type.NAME`, by whatever path the type is named. */
function named(written: string, file: JavaFile, { constants, files }: JavaWorld): Constant | undefined {
  const parts = written.replace(/\s/g, '').split('.');
  const [type, name] = parts.slice(-2);
  if (name === undefined) return file.variables.has(type!) ? undefined : file.bare.get(type!);
  if (parts.length === 2 && type === 'this') return file.bare.get(name);
  if (file.variables.has(type!) || isForeign(type!, file, files)) return undefined;
  return constants.get(`${type}.${name}`);
}

/** Whether a type is imported from a package that is not of the module; its name may be that of one there. */
function isForeign(type: string, { document }: JavaFile, files: readonly JavaFile[]): boolean {
  const imported = new RegExp(`\\bimport\\s+((?:\\w+\\.)*)${type}\\s*;`).exec(document.text);
  if (!imported) return false;
  const outer = imported[1]!.slice(0, -1).replaceAll('.', '/');
  const places = [`${outer}/${type}.java`, `${outer}.java`];
  return !files.some(({ document: { path } }) => places.some((each) => `/${path}`.endsWith(`/${each}`)));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ' };

/** The text of a literal between quotes; undefined for blocks of text. */
function literal(written: string): string | undefined {
  if (written.startsWith('"""') || !/^".*"$/.test(written)) return undefined;
  return written
    .slice(1, -1)
    .replace(/\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|(.))/g, (_, unit, octal, sign) => {
      if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return escapes[sign] ?? sign;
    });
}
