import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, operationOf, type Question } from './routes.ts';
import { type Body, type Quotas, Refusal, RegistryStore } from './store.ts';

/** A mishap: what the caller is told, and whether the work was done all the same. */
export interface Fault {
  readonly kind: 'throttled' | 'failed' | 'cut';
  readonly when: 'before' | 'after';
}

export interface RegistryServerOptions {
  readonly quotas?: Quotas;
  /** Milliseconds before a request is worked on. */
  readonly delay?: number;
  /** Asked for each request, in order: what goes wrong with it, if anything. */
  readonly fault?: (operation: string, request: number) => Fault | undefined;
}

const MAX_BODY = 2_000_000;

/**
 * A schema registry in memory behind HTTP on this machine, with the paths, errors, limits, versions and pages of the
 * service's published model: for tests, and for trying the commands without an account. No more than that: it checks
 * no signature and keeps nothing.
 */
export class RegistryServer {
  readonly store: RegistryStore;
  /** The operation of every request, in order. */
  readonly requests: string[] = [];
  /** The most requests that were open at a time. */
  mostOpen = 0;
  fault: RegistryServerOptions['fault'];
  private open = 0;
  private readonly delay: number;
  private readonly server: Server;

  constructor(options: RegistryServerOptions = {}) {
    this.store = new RegistryStore(options.quotas);
    this.fault = options.fault;
    this.delay = options.delay ?? 0;
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Listens on this machine only; resolves with the endpoint. Port 0 takes a free one. */
  async start(port = 0): Promise<string> {
    await new Promise<void>((done, failed) => {
      this.server.once('error', failed);
      this.server.listen(port, '127.0.0.1', done);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostOpen = Math.max(this.mostOpen, ++this.open);
    response.on('close', () => {
      this.open--;
    });
    try {
      const question = await read(request);
      if (this.delay > 0) await new Promise((done) => setTimeout(done, this.delay));
      if (question) this.answer(question, request, response);
      else give(response, refused(new Refusal(400, 'BadRequestException', 'The body is not JSON.')));
    } catch {
      request.socket.destroy();
    }
  }

  private answer(question: Question, request: IncomingMessage, response: ServerResponse): void {
    const known = operationOf(question);
    if (!known) {
      const refusal = new Refusal(
        501,
        'NotImplemented',
        `${question.method} ${question.path} is not answered here.`,
      );
      give(response, refused(refusal));
      return;
    }
    this.requests.push(known.operation);
    const fault = this.fault?.(known.operation, this.requests.length - 1);
    const work = () => {
      try {
        return known.answer(this.store);
      } catch (error) {
        if (error instanceof Refusal) return refused(error);
        throw error;
      }
    };
    if (fault?.when === 'after') work();
    if (!fault) give(response, work());
    else if (fault.kind === 'cut') request.socket.destroy();
    else if (fault.kind === 'throttled')
      give(response, refused(new Refusal(429, 'TooManyRequestsException', 'Too many requests.')));
    else give(response, refused(new Refusal(500, 'InternalServerErrorException', 'Something went wrong.')));
  }
}

async function read(request: IncomingMessage): Promise<Question | undefined> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk as string;
    if (text.length > MAX_BODY) return undefined;
  }
  let body: unknown = {};
  try {
    if (text !== '') body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null) return undefined;
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: body as Body };
}

function refused({ status, code, message }: Refusal): Answer {
  return { status, body: { Code: code, Message: message } };
}

function give(response: ServerResponse, { status, body }: Answer): void {
  const code = status >= 400 ? (body as { Code: string }).Code : undefined;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(code === undefined ? {} : { 'x-amzn-errortype': code }),
  });
  response.end(body === undefined || status === 304 ? undefined : JSON.stringify(body));
}
