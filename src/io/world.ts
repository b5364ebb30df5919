import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Document, documentOf } from '../json/document.ts';

/** What a command may touch of the outside: handed in, so that tests can hand in another. */
export interface World {
  /** The folder relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  /** Writes text; resolves when the reader can take more. */
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  /** Whether output goes to a terminal that shows colour. */
  readonly color: boolean;
  /** Width of the terminal in columns; 100 where there is none. */
  readonly columns: number;
  /** Shows how far a long step is, in a line that the next call replaces and an empty text removes; on a terminal only. */
  progress?(text: string): void;
}

/** The process this runs in. */
export function processWorld(): World {
  const { env, stdout, stderr } = process;
  return {
    cwd: process.cwd(),
    env,
    stdin: process.stdin,
    out: (text) => write(process.stdout, text),
    err: (text) => write(process.stderr, text),
    color: wantsColor(env, stdout.isTTY === true),
    columns: stdout.columns ?? 100,
    ...(stderr.isTTY ? { progress: (text: string) => stderr.write(`\r\x1b[K${text}`) } : {}),
  };
}

/** https://no-color.org and the FORCE_COLOR that Node itself honours. */
function wantsColor(env: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return terminal && env['TERM'] !== 'dumb';
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((done, failed) => {
    stream.write(text, (error) => {
      // A reader that has seen enough (`| head`) closes the pipe; that is not our failure.
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') failed(error);
      else done();
    });
  });
}

/** Reads a file as a document whose path is shown relative to the working folder where that is shorter. */
export function readDocument(world: Pick<World, 'cwd'>, path: string): Document {
  const absolute = resolve(world.cwd, path);
  return documentOf(shownPath(world.cwd, absolute), readFileSync(absolute, 'utf8'));
}

/** The path as people in that folder would write it, with forward slashes. */
export function shownPath(cwd: string, absolute: string): string {
  const near = relative(cwd, absolute);
  const shown = near.length < absolute.length ? near : absolute;
  return shown.replaceAll('\\', '/') || '.';
}

/** Lines of a byte stream without their line ends, one at a time. */
export async function* linesOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending: string[] = [];
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      pending.push(text.slice(start, end));
      yield pending.join('').replace(/\r$/, '');
      pending = [];
      start = end + 1;
    }
    if (start < text.length) pending.push(text.slice(start));
  }
  const last = pending.join('') + decoder.decode();
  if (last !== '') yield last.replace(/\r$/, '');
}
