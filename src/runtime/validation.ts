import type { Validator, ValidatorError } from './contract.ts';
import { ABOUT_NAMES, sentence } from './sentences.ts';
import { show } from './show.ts';

/** One thing that is wrong with `detail`. */
export interface Issue {
  /** JSON Pointer below `detail`; empty for `detail` itself. */
  readonly path: string;
  readonly keyword: string;
  /** The value that is there; undefined where a member is missing. */
  readonly value: unknown;
  /** A sentence with path and value. */
  readonly message: string;
}

/** What is wrong with a value; nothing when it is valid. */
export function issuesOf(validator: Validator, value: unknown): readonly Issue[] {
  let errors: readonly ValidatorError[];
  try {
    if (validator(value)) return [];
    errors = validator.errors ?? [];
  } catch (error) {
    // Validators of nested `unevaluatedProperties` may throw. What could not be judged is not called valid.
    const message = `detail could not be validated: ${(error as Error).message}`;
    return [{ path: '', keyword: 'validator', value, message }];
  }
  return telling(errors).map((error) => issueOf(error, value));
}

/**
 * The errors that tell something. When no branch of a `oneOf` or `anyOf` fits, every branch complains; the branch
 * that was meant is the one whose fixed values (a `kind`, a `type`) are as they should be.
 */
function telling(errors: readonly ValidatorError[]): readonly ValidatorError[] {
  const unions = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  const hidden = new Set<ValidatorError>();
  for (const union of unions) {
    const branches = new Map<string, ValidatorError[]>();
    for (const error of errors) {
      if (error === union || !error.instancePath.startsWith(union.instancePath)) continue;
      const branch = branchOf(error, union);
      if (branch !== undefined) branches.set(branch, [...(branches.get(branch) ?? []), error]);
    }
    const meant = [...branches.values()].filter((branch) => !branch.some((error) => isOther(error, union)));
    const only = meant.length === 1 ? meant[0] : undefined;
    if (only) hidden.add(union);
    for (const branch of branches.values()) {
      if (branch !== only) for (const error of branch) hidden.add(error);
    }
  }
  return errors.filter((error) => !hidden.has(error));
}

/** `#/oneOf/1/properties/x/type` below `#/oneOf` is of branch 1. References have paths of their own: undefined. */
function branchOf({ schemaPath }: ValidatorError, union: ValidatorError): string | undefined {
  if (!schemaPath.startsWith(`${union.schemaPath}/`)) return undefined;
  return schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0];
}

/** Whether an error says that the value is of another kind: its type, or a fixed member, is another. */
function isOther({ keyword, instancePath }: ValidatorError, union: ValidatorError): boolean {
  if (keyword === 'type') return instancePath === union.instancePath;
  return keyword === 'const' || keyword === 'enum';
}

function issueOf({ instancePath, keyword, params }: ValidatorError, root: unknown): Issue {
  const value = valueAt(root, instancePath);
  const shown = ABOUT_NAMES.has(keyword) ? '' : `, but is ${show(value)}`;
  return {
    path: instancePath,
    keyword,
    value,
    message: `detail${instancePath} ${sentence(keyword, params)}${shown}`,
  };
}

/** The value at a JSON Pointer. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const token of pathOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Record<string, unknown>)[token];
  }
  return value;
}

/** The tokens of a JSON Pointer. */
export function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
