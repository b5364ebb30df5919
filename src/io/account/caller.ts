import type { JsonValue } from '../../json/value.ts';
import type { Unseen } from '../../load/account/snapshot.ts';
import { type ClientName, type CommandName, callNamed, clients } from './commands.ts';
import { type Client, type ClientModule, importClient } from './import-client.ts';
import { type Clock, Pace } from './pace.ts';
import { failureOf, problemOf } from './problem.ts';

/** An answer of an API, or one item of it: plain JSON, dates as texts. */
export type Answer = { readonly [key: string]: JsonValue | undefined };

export interface CallerOptions {
  readonly profile?: string;
  readonly clock: Clock;
  /** How much faster than usual; for tests against a server of their own. */
  readonly hurry?: number;
  readonly importClient?: (name: ClientName) => Promise<ClientModule | undefined>;
  /** Told after every call. */
  readonly called?: (command: CommandName) => void;
}

/** Nothing can be asked: there are no credentials, or they do not count, or there is no Region. */
export class UnknownCaller extends Error {
  override readonly name = 'UnknownCaller';
}

const attempts = 8;

/**
 * Asks the APIs of an account, one Region at a time of the caller's choice. What cannot be asked is noted, once for each
 * action, and answered with undefined: that is "not seen", never "nothing there".
 */
export class Caller {
  readonly calls = new Map<CommandName, number>();
  private readonly options: CallerOptions;
  private readonly modules = new Map<ClientName, Promise<ClientModule | undefined>>();
  private readonly clients = new Map<string, Client>();
  private readonly paces = new Map<string, Pace>();
  private readonly notes = new Map<string, { -readonly [K in keyof Unseen]: Unseen[K] }>();

  constructor(options: CallerOptions) {
    this.options = options;
  }

  /** What could not be looked at so far. */
  get unseen(): readonly Unseen[] {
    return [...this.notes.values()].sort((a, b) => (a.what < b.what ? -1 : 1));
  }

  note(reason: Unseen['reason'], what: string, effect: string, region: string, problem?: string): void {
    const key = `${reason} ${what} ${effect}`;
    const known = this.notes.get(key);
    if (!known) {
      const regions = region === '' ? [] : [region];
      this.notes.set(key, { reason, what, effect, count: 1, regions, ...(problem ? { problem } : {}) });
      return;
    }
    known.count++;
    if (region !== '' && !known.regions.includes(region)) known.regions = [...known.regions, region];
  }

  /** The Region that the SDK finds in the environment or in the profile. */
  async regionByDefault(): Promise<string> {
    const module = await this.module('eventbridge');
    const region = module && this.client(module, 'eventbridge', '').config?.region;
    try {
      // Without the client there is nothing to ask; then any Region will do for saying so.
      return (await region?.()) ?? 'us-east-1';
    } catch (error) {
      throw new UnknownCaller('no Region is set: give --region, or set AWS_REGION', { cause: error });
    }
  }

  /** One call. Undefined: not permitted, or failed (noted), or the thing is not there. */
  async ask(region: string, name: CommandName, input: object): Promise<Answer | undefined> {
    const { client, action, effect } = callNamed(name);
    // IAM has no Regions.
    const where = client === 'iam' ? '' : region;
    const module = await this.module(client);
    if (!module) {
      this.note('no-client', `@aws-sdk/client-${client}`, effect, where);
      return undefined;
    }
    try {
      return plain(await this.attempt(module, region, name, input));
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'unknown-caller') throw new UnknownCaller(problemOf(error), { cause: error });
      if (failure === 'denied') this.note('not-permitted', action, effect, where, problemOf(error));
      else if (failure !== 'gone') this.note('failed', action, effect, where, problemOf(error));
      return undefined;
    }
  }

  /** All items of a list, page by page. Undefined: the first page could not be had; later ones that fail are noted. */
  async list(region: string, name: CommandName, input: object = {}): Promise<Answer[] | undefined> {
    const { pages, effect } = callNamed(name);
    const items: Answer[] = [];
    let seen = false;
    for await (const answer of this.pages(region, name, input)) {
      if (!answer) break;
      seen = true;
      const page = answer[pages!.items];
      if (Array.isArray(page)) for (const item of page) items.push(item as Answer);
      if (pages?.most !== undefined && items.length >= pages.most) {
        const problem = `only the first ${items.length.toLocaleString('en-US')} were asked for`;
        this.note('limit', callNamed(name).action, effect, region, problem);
        break;
      }
    }
    return seen ? items : undefined;
  }

  /** The whole answers of a list, one after the other; undefined, and no more, where one could not be had. */
  async *pages(
    region: string,
    name: CommandName,
    input: object = {},
  ): AsyncGenerator<Answer | undefined, void, undefined> {
    const { pages } = callNamed(name);
    if (!pages) throw new Error(`${name} is no list`);
    const tokens = new Set<JsonValue>();
    for (let next: JsonValue | undefined; ; ) {
      const answer = await this.ask(region, name, {
        ...input,
        ...(pages.size ? { [pages.size[0]]: pages.size[1] } : {}),
        ...(next === undefined ? {} : { [pages.from]: next }),
      });
      yield answer;
      next = answer?.['IsTruncated'] === false ? undefined : answer?.[pages.next] || undefined;
      // A token that comes twice would be asked for ever.
      if (next === undefined || tokens.has(next)) return;
      tokens.add(next);
    }
  }

  private async attempt(
    module: ClientModule,
    region: string,
    name: CommandName,
    input: object,
  ): Promise<unknown> {
    const { client } = callNamed(name);
    const { clock } = this.options;
    const pace = this.pace(client, region);
    for (let attempt = 1; ; attempt++) {
      try {
        return await pace.run(() => {
          this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
          this.options.called?.(name);
          return this.client(module, client, region).send(new module.commands[name]!(input));
        });
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'throttled') pace.throttled();
        if ((failure !== 'throttled' && failure !== 'passing') || attempt >= attempts) throw error;
        // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        await clock.sleep(clock.random() * Math.min(20_000, 250 * 2 ** attempt));
      }
    }
  }

  private module(name: ClientName): Promise<ClientModule | undefined> {
    const known = this.modules.get(name);
    if (known) return known;
    const loading = (this.options.importClient ?? importClient)(name);
    this.modules.set(name, loading);
    return loading;
  }

  private client(module: ClientModule, name: ClientName, region: string): Client {
    const key = `${name} ${region}`;
    const known = this.clients.get(key);
    if (known) return known;
    const { profile } = this.options;
    const made = new module.Client({
      ...(region === '' ? {} : { region }),
      ...(profile === undefined ? {} : { profile }),
      // Attempts are counted here, where every one of them waits for its turn.
      maxAttempts: 1,
      ...(name === 's3' ? { followRegionRedirects: true } : {}),
      // The address in a queue's URL is the service's; asked is whatever address the user set for it.
      ...(name === 'sqs' ? { useQueueUrlAsEndpoint: false } : {}),
    });
    this.clients.set(key, made);
    return made;
  }

  private pace(name: ClientName, region: string): Pace {
    const key = `${name} ${region}`;
    const known = this.paces.get(key);
    if (known) return known;
    const made = new Pace(clients[name].perSecond * (this.options.hurry ?? 1), this.options.clock);
    this.paces.set(key, made);
    return made;
  }

  /** Lets go of the connections. */
  close(): void {
    for (const client of this.clients.values()) client.destroy?.();
  }
}

/** As JSON: dates as texts, what is undefined left out, what the SDK adds about the call left out too. */
function plain(answer: unknown): Answer {
  const value = JSON.parse(JSON.stringify(answer ?? {})) as Record<string, JsonValue>;
  delete value['$metadata'];
  return value;
}
