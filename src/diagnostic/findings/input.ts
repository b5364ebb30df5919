import { kind } from './kind.ts';

/** Files that cannot be read as what they should be. */
export const inputFindings = {
  'input/syntax': kind(
    'error',
    'A file is not well-formed JSON or YAML',
    (p: { problem: string }) => `not well-formed: ${p.problem}`,
  ),
  'input/duplicate-key': kind(
    'warning',
    'A key is written twice in one object; readers keep only the last',
    (p: { key: string }) => `the key "${p.key}" is written twice here; only the last one counts`,
  ),
  'input/too-large': kind(
    'error',
    'A file exceeds what the tool reads',
    (p: { what: string; limit: string }) => `${p.what} exceeds the limit of ${p.limit}`,
  ),
  'input/unreadable': kind(
    'error',
    'A file cannot be opened',
    (p: { path: string; problem: string }) => `cannot read ${p.path}: ${p.problem}`,
  ),
  'input/unknown-tag': kind(
    'info',
    'A YAML tag is not known; the value is read as if it had none',
    (p: { tag: string }) => `the tag ${p.tag} is not one of CloudFormation's; the value is read without it`,
  ),
  'input/several-documents': kind(
    'warning',
    'A YAML file holds several documents; only the first is read',
    () => 'the file holds several YAML documents; only the first is read',
  ),
} as const;
