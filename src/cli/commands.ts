import type { Command } from './command.ts';

/** All commands; each is loaded only when it is run, so that a command costs what it needs and no more. */
const loaders: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./commands/check.ts')).check as unknown as Command,
  publishers: async () => (await import('./commands/publishers.ts')).publishers as unknown as Command,
  graph: async () => (await import('./commands/graph.ts')).graph as unknown as Command,
  trace: async () => (await import('./commands/trace.ts')).trace as unknown as Command,
  simulate: async () => (await import('./commands/simulate.ts')).simulate as unknown as Command,
  fix: async () => (await import('./commands/fix.ts')).fix as unknown as Command,
  incident: async () => (await import('./commands/incident.ts')).incident as unknown as Command,
  match: async () => (await import('./commands/match.ts')).match as unknown as Command,
  prove: async () => (await import('./commands/prove.ts')).prove as unknown as Command,
  drift: async () => (await import('./commands/drift.ts')).drift as unknown as Command,
  breaking: async () => (await import('./commands/breaking.ts')).breaking as unknown as Command,
  generate: async () => (await import('./commands/generate.ts')).generate as unknown as Command,
  registry: async () => (await import('./commands/registry.ts')).registry as unknown as Command,
  explain: async () => (await import('./commands/explain.ts')).explain as unknown as Command,
};

export const commandNames: readonly string[] = Object.keys(loaders);

export function loadCommand(name: string): Promise<Command> {
  return loaders[name]!();
}
