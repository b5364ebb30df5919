import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** How the server answers a request. */
export type Answer =
  /** A result for each entry: an id, or a code. */
  | { readonly kind: 'results'; readonly codes: readonly (string | undefined)[] }
  /** An error of the whole request. */
  | { readonly kind: 'error'; readonly status: number; readonly name: string }
  /** The connection ends without an answer; the entries were taken, or were not. */
  | { readonly kind: 'reset'; readonly taken: boolean }
  /** An answer that comes late. */
  | { readonly kind: 'slow'; readonly milliseconds: number };

export interface SentEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  readonly Time?: number;
  readonly TraceHeader?: string;
}

/** An HTTP server on this machine that answers PutEvents as it is told, and remembers. */
export class Loopback {
  readonly requests: (readonly SentEntry[])[] = [];
  /** Every entry the server took, with the id it gave it. */
  readonly taken: { readonly entry: SentEntry; readonly id: string; readonly told: boolean }[] = [];
  /** The most requests that were open at a time. */
  mostOpen = 0;
  private open = 0;
  private round = 0;
  private readonly server: Server;
  private answers: (entries: readonly SentEntry[], request: number) => Answer;

  constructor() {
    this.answers = accept;
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Forgets what was, and answers like this from now on. */
  reset(answers: (entries: readonly SentEntry[], request: number) => Answer = accept): void {
    this.answers = answers;
    this.round++;
    this.requests.length = 0;
    this.taken.length = 0;
    this.mostOpen = 0;
  }

  /** The real client, pointed here; it does not retry by itself unless told. */
  client(options: { maxAttempts?: number; requestTimeout?: number } = {}): EventBridgeClient {
    const { port } = this.server.address() as AddressInfo;
    return new EventBridgeClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'ap-northeast-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: options.maxAttempts ?? 1,
      requestHandler: { requestTimeout: options.requestTimeout ?? 2_000, throwOnRequestTimeout: true },
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostOpen = Math.max(this.mostOpen, ++this.open);
    response.on('close', () => {
      this.open--;
    });
    let body = '';
    for await (const chunk of request) body += chunk;
    const { Entries } = JSON.parse(body) as { Entries: SentEntry[] };
    this.requests.push(Entries);
    const answer = this.answers(Entries, this.requests.length - 1);
    await this.give(answer, Entries, request, response);
  }

  private async give(
    answer: Answer,
    entries: readonly SentEntry[],
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    switch (answer.kind) {
      case 'results':
        return this.results(entries, answer.codes, response);
      case 'error':
        response.writeHead(answer.status, { 'x-amzn-errortype': answer.name });
        response.end(JSON.stringify({ __type: answer.name, message: 'as told' }));
        return;
      case 'reset':
        if (answer.taken) for (const entry of entries) this.take(entry, false);
        request.socket.destroy();
        return;
      case 'slow':
        return this.late(answer.milliseconds, entries, response);
    }
  }

  /** Answers later, but not into what a later test does. */
  private async late(
    milliseconds: number,
    entries: readonly SentEntry[],
    response: ServerResponse,
  ): Promise<void> {
    const { round } = this;
    await new Promise((done) => setTimeout(done, milliseconds));
    if (round === this.round) this.results(entries, [], response);
  }

  private results(
    entries: readonly SentEntry[],
    codes: readonly (string | undefined)[],
    response: ServerResponse,
  ): void {
    const told = !response.destroyed;
    const results = entries.map((entry, i) => {
      const code = codes[i];
      return code === undefined
        ? { EventId: this.take(entry, told) }
        : { ErrorCode: code, ErrorMessage: 'as told' };
    });
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify({ Entries: results, FailedEntryCount: results.filter((r) => 'ErrorCode' in r).length }),
    );
  }

  private take(entry: SentEntry, told: boolean): string {
    const id = `id-${this.taken.length}`;
    this.taken.push({ entry, id, told });
    return id;
  }
}

export function accept(): Answer {
  return { kind: 'results', codes: [] };
}

/** Answers the requests one after the other like this, and whatever comes then as usual. */
export function sequence(...answers: readonly Answer[]): (entries: unknown, request: number) => Answer {
  return (_entries, request) => answers[request] ?? accept();
}
