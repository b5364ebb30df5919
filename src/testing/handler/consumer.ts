import type { EventSource } from '../contracts.ts';
import { type CheckResult, runChecks } from './checks.ts';
import { checksOf } from './consumer-checks.ts';
import type { ConsumerHandler, ConsumerTestOptions, GeneratedConsumer } from './consumer-options.ts';
import { planOf } from './consumer-plan.ts';
import { HandlerCheckError } from './failure.ts';
import { type RepeatReport, repeatReport } from './repeat.ts';
import { numbered } from './replay.ts';

export interface ConsumerReport {
  readonly results: readonly CheckResult[];
  /** What handling the same event twice does. */
  readonly repeat: RepeatReport | undefined;
}

/**
 * Runs a handler on random events of what it receives, with the AWS SDK answered in the process, and checks what it
 * publishes: declared and valid, one deeper, of the right stage, nothing at `maxChainDepth`, nothing for invalid
 * events, nothing lost when EventBridge refuses an entry. Throws {@link HandlerCheckError} with every check that
 * failed, the shrunk event of each, and the command that replays it.
 */
export async function testConsumer(
  handler: ConsumerHandler,
  receives: EventSource | readonly EventSource[] | GeneratedConsumer,
  options: ConsumerTestOptions = {},
): Promise<ConsumerReport> {
  const { stack } = new Error();
  const plan = planOf(handler, receives, options);
  const results: CheckResult[] = [];
  let repeat: RepeatReport | undefined;
  for (const contract of plan.contracts) {
    const label = numbered(`testConsumer ${contract.id}`);
    const checks = checksOf(contract, plan, options);
    results.push(...(await runChecks(label, checks, options)));
    repeat = worst(repeat, await repeatReport(plan.events(contract, plan.shallow), plan.run, options));
  }
  if (results.some(({ verdict }) => verdict === 'failed')) {
    const names = plan.contracts.map(({ id }) => id).join(', ');
    throw new HandlerCheckError(`The handler of ${names} fails its checks`, results, stack);
  }
  return { results, repeat };
}

function worst(a: RepeatReport | undefined, b: RepeatReport | undefined): RepeatReport | undefined {
  return a && !a.safe ? a : (b ?? a);
}
