/** Where a random case came from: enough to make it again. */
export interface Origin {
  readonly check: string;
  readonly label: string;
  readonly seed: number;
  /** fast-check's path to the shrunk case. */
  readonly path: string;
}

/** Holds what is to be replayed: check, seed, path and label, with blanks between. */
export const REPLAY = 'BUSPROOF_REPLAY';

/** What the environment asks to replay, if anything. */
export function replayAsked(): Origin | undefined {
  const match = /^(\S+) (-?\d+) (\S+) (.*)$/s.exec(process.env[REPLAY] ?? '');
  if (!match) return undefined;
  const [, check = '', seed, path = '', label = ''] = match;
  return { check, seed: Number(seed), path: path === '-' ? '' : path, label };
}

const numbers = new Map<string, number>();

/** A label that says which of several equal ones is meant: the second in a file is `… #2`. */
export function numbered(label: string): string {
  const number = (numbers.get(label) ?? 0) + 1;
  numbers.set(label, number);
  return number === 1 ? label : `${label} #${number}`;
}

/** The command that runs this one case again, with the test runner that is running. */
export function replayCommand({ check, seed, path, label }: Origin, stack: string | undefined): string {
  const asked = `${check} ${seed} ${path === '' ? '-' : path} ${label}`;
  const file = testFile(stack);
  return `${REPLAY}=${quoted(asked)} ${runner()}${file === undefined ? '' : ` ${quoted(file)}`}`;
}

function runner(): string {
  const { env } = process;
  if (env['VITEST']) return 'npx vitest run';
  if (env['JEST_WORKER_ID']) return 'npx jest';
  return env['NODE_TEST_CONTEXT'] ? 'node --test' : 'node';
}

/** The innermost file of the call that is neither ours nor a package's, relative to the working folder. */
function testFile(stack: string | undefined): string | undefined {
  const own = new URL('..', import.meta.url).pathname;
  const files = Array.from(
    (stack ?? '').matchAll(/(?:file:\/\/)?(\/[^\s():]+|[A-Z]:[^\s():]+):\d+:\d+/g),
    (m) => m[1]!,
  );
  const file = files.find((path) => !path.startsWith(own) && !/[\\/]node_modules[\\/]/.test(path));
  const folder = `${process.cwd()}/`;
  return file?.startsWith(folder) ? file.slice(folder.length) : file;
}

function quoted(text: string): string {
  return /^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
