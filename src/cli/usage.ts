import type { Command, Option } from './command.ts';

/** The help of one command, from its tables. */
export function printUsage(command: Command): string {
  const line = ['busproof', command.name, '[options]', command.positionals].filter(Boolean).join(' ');
  const rows = Object.entries(command.options).map(
    ([name, option]) => [flag(name, option), option.help] as const,
  );
  rows.push(['-h, --help', 'show this help']);
  const parts = [`${command.summary}\n\nUsage: ${line}\n`, command.description, `Options:\n${columns(rows)}`];
  if (command.examples.length > 0) parts.push(`Examples:\n${columns(command.examples)}`);
  return `${parts.filter(Boolean).join('\n')}\n`;
}

/** The list of all commands. */
export function printCommands(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const);
  return [
    'Proves the contracts of an EventBridge system before it is deployed.\n',
    'Usage: busproof <command> [options]\n',
    `Commands:\n${columns(rows)}\n`,
    'busproof <command> --help tells more; busproof --version prints the version.\n',
  ].join('\n');
}

function flag(name: string, { short, value, type, choices, multiple }: Option): string {
  const shown = value ?? (choices ? choices.join('|') : 'TEXT');
  const long = type === 'boolean' ? `--${name}` : `--${name} ${shown}${multiple ? ' …' : ''}`;
  return short ? `-${short}, ${long}` : `    ${long}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.min(34, Math.max(...rows.map(([left]) => left.length)));
  return rows
    .map(([left, right]) => {
      const gap = left.length > width ? `\n${' '.repeat(width + 4)}` : ' '.repeat(width - left.length + 2);
      return `  ${left}${gap}${right.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}\n`;
    })
    .join('');
}
