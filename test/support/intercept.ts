import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { EventBridgeClient, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { SQSClient } from '@aws-sdk/client-sqs';

type Client = EventBridgeClient | SQSClient | BedrockRuntimeClient | FirehoseClient;

/** What a client was asked to do: the command's name and its input. */
export interface Call {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Answers a client's calls itself, in the first step of the client's own middleware: nothing leaves the process, and
 * everything before it is the code one deploys. Returns the calls as they come. A second interception of a client
 * replaces the first.
 */
export function intercept(client: Client, answer: (input: Call['input']) => object): Call[] {
  const calls: Call[] = [];
  const { middlewareStack } = client as EventBridgeClient;
  middlewareStack.add(
    (_next, context) => async (args) => {
      const input = args.input as unknown as Call['input'];
      calls.push({ command: String(context.commandName), input });
      return { output: { $metadata: {}, ...answer(input) } as never, response: {} };
    },
    { step: 'initialize', priority: 'high', name: 'intercept', override: true },
  );
  return calls;
}

/** A bus that accepts everything, or refuses the entries for which a code is given. */
export function acceptEvents(refuse: (entry: PutEventsRequestEntry) => string | undefined = () => undefined) {
  let ids = 0;
  return (input: Call['input']) => {
    const Entries = entriesOf(input).map((entry) => {
      const ErrorCode = refuse(entry);
      ids += 1;
      return ErrorCode === undefined ? { EventId: `event-${ids}` } : { ErrorCode };
    });
    return { Entries, FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length };
  };
}

export function entriesOf(input: Call['input']): PutEventsRequestEntry[] {
  return input['Entries'] as PutEventsRequestEntry[];
}

/** Claude's answer, as Bedrock hands it over. */
export function answerWith(text: string) {
  const message = { content: [{ type: 'text', text }], usage: { input_tokens: 120, output_tokens: 30 } };
  return () => ({ body: new TextEncoder().encode(JSON.stringify(message)) });
}
