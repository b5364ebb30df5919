import { parseArgs } from 'node:util';
import { type ArgsOf, type Command, type Options, UsageError } from './command.ts';

export interface Parsed<O extends Options> {
  readonly args: ArgsOf<O>;
  readonly positionals: readonly string[];
}

/** Reads a command line by a command's table of options; what does not fit is a {@link UsageError}. */
export function parseArguments<O extends Options>(command: Command<O>, line: readonly string[]): Parsed<O> {
  const { values, positionals } = read(command, line);
  const args: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(command.options)) {
    const given = values[name];
    if (option.choices) checkChoice(name, option.choices, given);
    args[name] = given ?? (option.type === 'boolean' ? false : option.multiple ? [] : undefined);
  }
  if (command.positionals === '' && positionals.length > 0) {
    throw new UsageError(`busproof ${command.name} takes no argument such as "${positionals[0]}"`);
  }
  return { args: args as ArgsOf<O>, positionals };
}

function read(command: Command, line: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, multiple, short }]) => [
      name,
      { type, multiple: multiple ?? false, ...(short ? { short } : {}) },
    ]),
  );
  try {
    return parseArgs({ args: [...line], options, allowPositionals: true, strict: true });
  } catch (error) {
    const problem = (error as Error).message.replace(/\. To specify a positional.*$/s, '');
    throw new UsageError(`${problem} (see: busproof ${command.name} --help)`, { cause: error });
  }
}

function checkChoice(name: string, choices: readonly string[], given: unknown): void {
  for (const value of [given].flat()) {
    if (value === undefined || choices.includes(String(value))) continue;
    throw new UsageError(`--${name} is one of ${choices.join(', ')}; "${String(value)}" is not`);
  }
}
