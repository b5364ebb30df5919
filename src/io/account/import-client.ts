import { type ClientName, type CommandName, callNamed, clients, commands } from './commands.ts';

/** A client of the AWS SDK, as far as it is used here. */
export interface Client {
  send(command: unknown): Promise<unknown>;
  destroy?(): void;
  readonly config?: { readonly region?: () => Promise<string> };
}

/** What a package of the SDK exports, as far as the table of commands names it. */
export interface ClientModule {
  readonly Client: new (settings: Readonly<Record<string, unknown>>) => Client;
  readonly commands: Readonly<Partial<Record<CommandName, new (input: object) => unknown>>>;
}

const packages: Readonly<Record<ClientName, () => Promise<object>>> = {
  eventbridge: () => import('@aws-sdk/client-eventbridge'),
  lambda: () => import('@aws-sdk/client-lambda'),
  iam: () => import('@aws-sdk/client-iam'),
  sfn: () => import('@aws-sdk/client-sfn'),
  pipes: () => import('@aws-sdk/client-pipes'),
  scheduler: () => import('@aws-sdk/client-scheduler'),
  sns: () => import('@aws-sdk/client-sns'),
  sqs: () => import('@aws-sdk/client-sqs'),
  s3: () => import('@aws-sdk/client-s3'),
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  firehose: () => import('@aws-sdk/client-firehose'),
  'resource-groups-tagging-api': () => import('@aws-sdk/client-resource-groups-tagging-api'),
};

/**
 * The packages are optional: each is loaded when the first call needs it. Undefined: it is not installed. Of what a
 * package exports only its client and the commands of the table can be reached.
 */
export async function importClient(name: ClientName): Promise<ClientModule | undefined> {
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = (await packages[name]()) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
  const named = (Object.keys(commands) as CommandName[])
    .filter((command) => callNamed(command).client === name)
    .map((command) => [command, exported[`${command}Command`]] as const);
  return {
    Client: exported[clients[name].exported] as ClientModule['Client'],
    commands: Object.fromEntries(named) as ClientModule['commands'],
  };
}
