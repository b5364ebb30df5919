import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A call of the AWS SDK that was kept in the process. */
export interface AwsCall {
  /** `EventBridgeClient` */
  readonly client: string;
  /** The command without its last word: `PutEvents`. */
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Answers the calls that some code makes; the answer is the command's output. */
export type Answer = (call: AwsCall) => object | Promise<object>;

interface Client {
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
  handlers?: unknown;
}
interface ClientPrototype {
  send(this: Client, ...args: unknown[]): unknown;
}

interface State {
  readonly current: AsyncLocalStorage<Answer>;
  readonly active: Set<Answer>;
  readonly patched: WeakSet<object>;
  readonly prepared: WeakSet<object>;
}

const KEY = Symbol.for('busproof.testing.interception');

/** One for the process, however often this module is loaded: two would answer each other's calls. */
function state(): State {
  const shared = globalThis as { [KEY]?: State };
  shared[KEY] ??= {
    current: new AsyncLocalStorage(),
    active: new Set(),
    patched: new WeakSet(),
    prepared: new WeakSet(),
  };
  return shared[KEY];
}

/**
 * Runs some code with every call of every AWS SDK v3 client in the process answered here, in the first step of the
 * client's own middleware: nothing leaves the process, and everything before it is the code one deploys. Clients of
 * several copies of the SDK, made before or after, are covered; `clients` names those of bundled copies.
 */
export async function withAnswers<T>(
  answer: Answer,
  run: () => Promise<T>,
  clients: readonly object[] = [],
): Promise<T> {
  const { current, active } = state();
  prepareCopies(clients);
  active.add(answer);
  try {
    return await current.run(answer, run);
  } finally {
    active.delete(answer);
  }
}

/** Who answers a call: the code's own run, or the only one under way where the code left its run (a shared queue). */
function answering({ current, active }: State): Answer | undefined {
  return current.getStore() ?? (active.size === 1 ? [...active][0] : undefined);
}

const require = createRequire(import.meta.url);
let seen = 0;

function prepareCopies(clients: readonly object[]): void {
  for (const from of [import.meta.url, join(process.cwd(), 'index.js')]) {
    try {
      createRequire(from)('@aws-sdk/client-eventbridge');
    } catch {
      // Not installed there: then that is not the copy in use.
    }
  }
  for (const client of clients) patchRoot(client);
  // Only when something was loaded since.
  const count = Object.keys(require.cache).length;
  if (count === seen) return;
  seen = count;
  for (const [path, loaded] of Object.entries(require.cache)) {
    if (!/[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-cjs[\\/]index\.js$/.test(path)) continue;
    for (const [name, value] of Object.entries((loaded?.exports ?? {}) as object)) {
      if (name.endsWith('Client') && typeof value === 'function') patchRoot(value.prototype);
    }
  }
}

/** Patches `send` where it is defined: the base class of all clients of one copy. */
function patchRoot(client: object): void {
  const { patched } = state();
  let root: object | null = client;
  while (root && !Object.hasOwn(root, 'send')) root = Object.getPrototypeOf(root);
  if (!root || patched.has(root)) return;
  patched.add(root);
  const prototype = root as ClientPrototype;
  const { send } = prototype;
  prototype.send = function patchedSend(this: Client, ...args: unknown[]) {
    prepare(this);
    return send.apply(this, args);
  };
}

function prepare(client: Client): void {
  const shared = state();
  if (shared.prepared.has(client) || !client.middlewareStack) return;
  shared.prepared.add(client);
  // Handlers that the client remembers were put together without the middleware.
  delete client.handlers;
  const middleware =
    (next: (args: { input: object }) => unknown, context: { commandName?: string; clientName?: string }) =>
    async (args: { input: object }) => {
      const answer = answering(shared);
      if (!answer) return next(args);
      const output = await answer({
        client: context.clientName ?? '',
        command: (context.commandName ?? '').replace(/Command$/, ''),
        input: args.input as AwsCall['input'],
      });
      return { output: { $metadata: { httpStatusCode: 200, attempts: 1 }, ...output }, response: {} };
    };
  client.middlewareStack.add(middleware, {
    step: 'initialize',
    priority: 'high',
    name: 'busproofTesting',
    override: true,
  });
}
