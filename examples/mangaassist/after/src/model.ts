import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ModelUsage } from '../../../../generated/types.ts';
import { setting } from './settings.ts';

export const bedrock = new BedrockRuntimeClient({});

/** What we use of Claude's answer. See the Anthropic Claude Messages API in the Amazon Bedrock User Guide. */
interface Message {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
}

/** Asks Claude 3 Haiku about a value. Throws when it answers nothing. */
export async function ask(task: string, about: unknown): Promise<{ text: string; usage: ModelUsage }> {
  const modelId = setting('MODEL_ID');
  const request = {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 400,
    system: task,
    messages: [{ role: 'user', content: `<event>${JSON.stringify(about)}</event>` }],
  };
  const answer = await bedrock.send(
    new InvokeModelCommand({ modelId, contentType: 'application/json', body: JSON.stringify(request) }),
  );
  const message = JSON.parse(new TextDecoder().decode(answer.body)) as Message;
  const text = message.content
    .map((part) => part.text ?? '')
    .join('')
    .trim();
  if (text === '') throw new Error(`${modelId} answered nothing`);
  const { input_tokens, output_tokens } = message.usage;
  return { text, usage: { model_id: modelId, input_tokens, output_tokens } };
}
