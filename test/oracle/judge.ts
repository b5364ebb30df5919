import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PatternCase } from '../support/pattern-arbitraries.ts';

export type Answer = 'match' | 'no' | 'invalid' | 'error';

/** What the library says; the other readings only if they were asked for (see Judge.java). */
export interface Ruling {
  readonly answer: Answer;
  readonly fresh?: readonly Answer[];
  readonly older?: Answer;
  readonly split?: Answer | 'too many';
  readonly printed?: readonly string[];
}

const here = fileURLToPath(new URL('./', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/busproof-oracle/', import.meta.url));

/** Why the judge cannot sit here, or undefined if it can. */
export function missingTool(): string | undefined {
  for (const [tool, argument] of [
    ['java', '-version'],
    ['javac', '-version'],
    ['mvn', '-v'],
  ] as const) {
    if (spawnSync(tool, [argument]).status !== 0) return tool;
  }
  return undefined;
}

/** The class path with Event Ruler, what it needs and our drivers, fetched and compiled where they are missing. */
export function classPath(...sources: readonly string[]): string {
  mkdirSync(`${cache}classes`, { recursive: true });
  const libraries = `${cache}lib`;
  if (!existsSync(libraries)) {
    run(
      'mvn',
      '-q',
      '-B',
      '-f',
      `${here}pom.xml`,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${libraries}`,
    );
  }
  const path = `${cache}classes:${libraries}/*`;
  for (const source of sources) {
    const name = source.replace(/^.*\/|\.java$/g, '');
    const compiled = `${cache}classes/${name}.class`;
    if (existsSync(compiled) && statSync(compiled).mtimeMs > statSync(source).mtimeMs) continue;
    run('javac', '-cp', path, '-d', `${cache}classes`, source);
  }
  return path;
}

function run(command: string, ...argumentList: readonly string[]): void {
  const { status, error } = spawnSync(command, argumentList, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${argumentList.join(' ')} failed`, { cause: error });
}

/** Event Ruler in a process of its own that answers one line for each line. */
export class Judge {
  private readonly process: ChildProcess;
  private readonly lines: Interface;
  private readonly gone: Promise<never>;
  private readonly waiting: ((line: string) => void)[] = [];

  constructor() {
    const options = ['-Xmx1g', '-XX:+UseSerialGC', '-cp', classPath(`${here}Judge.java`), 'Judge'];
    this.process = spawn('java', options, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.gone = once(this.process, 'exit').then(() => {
      throw new Error('the judge has left');
    });
    this.gone.catch(() => {});
    this.lines = createInterface({ input: this.process.stdout! });
    this.lines.on('line', (line) => this.waiting.shift()?.(line));
  }

  /** Rulings in the order of the cases. */
  async rule(cases: readonly PatternCase[], readings = false): Promise<Ruling[]> {
    const text = cases.map((each) => `${JSON.stringify({ ...each, readings })}\n`).join('');
    const answers = cases.map(() => new Promise<string>((resolve) => this.waiting.push(resolve)));
    this.process.stdin!.write(text);
    const lines = await Promise.race([Promise.all(answers), this.gone]);
    return lines.map((line) => JSON.parse(line) as Ruling);
  }

  async close(): Promise<void> {
    this.process.stdin!.end();
    if (this.process.exitCode === null) await once(this.process, 'exit');
  }
}
