import type { World } from '../io/world.ts';

/**
 * 0: clean, or the answer is yes. 1: findings at or above the chosen severity, or the answer is no. 2: could not
 * run (wrong arguments, nothing to check, a file that is not there).
 */
export type ExitCode = 0 | 1 | 2;

/** One option of a command: parsing, help and the type of the arguments come from this one row. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly help: string;
  /** The name of the value in the help: `FILE`. */
  readonly value?: string;
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: true;
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, Option>>;

/** The arguments a table of options yields. */
export type ArgsOf<O extends Options> = {
  readonly [K in keyof O]: O[K]['type'] extends 'boolean'
    ? boolean
    : O[K] extends { readonly multiple: true }
      ? readonly string[]
      : string | undefined;
};

export interface Command<O extends Options = Options> {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs of the command's own help, after its usage. */
  readonly description: string;
  /** What follows the options, for the usage line: `[FOLDER|FILE…]`; empty when nothing may. */
  readonly positionals: string;
  readonly options: O;
  /** Command lines that work, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  run(args: ArgsOf<O>, positionals: readonly string[], world: World): Promise<ExitCode>;
}

/** Keeps the option table's own type, so that `run` sees which arguments are lists, texts or flags. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}

/** The user asked for something that cannot be run: printed as one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
