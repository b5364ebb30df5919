import type { Answer, AwsCall } from './interception.ts';

/**
 * Answers for calls of other AWS services than EventBridge, by the command without its last word:
 * `{ InvokeModel: (input) => ({ body: … }) }`. A function gets the input of the command; what it throws the call throws.
 */
export type AwsAnswers = Readonly<
  Record<string, object | ((input: AwsCall['input'], call: AwsCall) => unknown)>
>;

/** A call for which the test has no answer: the test is not complete, whatever the handler makes of it. */
export class UnansweredCallError extends Error {
  override readonly name = 'UnansweredCallError';

  constructor({ client, command }: AwsCall) {
    super(
      `${client} was sent ${command}, and the test has no answer for it: give aws: { ${command}: (input) => ({ … }) }`,
    );
  }
}

/** PutEvents by one function, everything else from the test's answers. */
export function answersOf(
  putEvents: (input: AwsCall['input']) => object | Promise<object>,
  others: AwsAnswers,
  unanswered: (error: UnansweredCallError) => void,
): Answer {
  return async (call) => {
    if (call.command === 'PutEvents' && !Object.hasOwn(others, 'PutEvents')) return putEvents(call.input);
    const answer = Object.hasOwn(others, call.command) ? others[call.command] : undefined;
    if (answer === undefined) {
      const error = new UnansweredCallError(call);
      unanswered(error);
      throw error;
    }
    return (typeof answer === 'function' ? await answer(call.input, call) : answer) as object;
  };
}
