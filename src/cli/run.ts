import type { World } from '../io/world.ts';
import { nearest } from '../json/nearest.ts';
import { parseArguments } from './arguments.ts';
import { type Command, type ExitCode, type Options, UsageError } from './command.ts';
import { commandNames, loadCommand } from './commands.ts';
import { printCommands, printUsage } from './usage.ts';
import { toolVersion } from './version.ts';

/**
 * Runs one command line in a world and says how it ended. What the user asked for wrongly is one sentence; what went
 * wrong with us is the error with its cause: both are exit code 2.
 */
export async function runCommandLine(line: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(line, world);
  } catch (error) {
    if (error instanceof UsageError) await world.err(`busproof: ${error.message}\n`);
    else await world.err(`busproof: something went wrong inside the tool:\n${stackOf(error)}\n`);
    return 2;
  }
}

async function dispatch(line: readonly string[], world: World): Promise<ExitCode> {
  const [name, ...rest] = line;
  if (name === '--version' || name === '-v') {
    await world.out(`${toolVersion()}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const commands = await Promise.all(commandNames.map(loadCommand));
    await world.out(printCommands(commands));
    return name === undefined ? 2 : 0;
  }
  if (!commandNames.includes(name)) {
    const near = nearest(name, commandNames);
    throw new UsageError(
      `there is no command "${name}"${near ? `; did you mean "${near}"?` : ''} (see: busproof --help)`,
    );
  }
  const command: Command<Options> = await loadCommand(name);
  if (rest.includes('--help') || rest.includes('-h')) {
    await world.out(printUsage(command));
    return 0;
  }
  const { args, positionals } = parseArguments(command, rest);
  return command.run(args, positionals, world);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
