import type { AcceptedBreak } from '../config/config.ts';
import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';

/** A finding of a comparison and the acceptance that sets it aside. */
export interface AcceptedFinding {
  readonly finding: Diagnostic;
  readonly acceptance: AcceptedBreak;
}

export interface SiftedBreaks {
  readonly findings: readonly Diagnostic[];
  readonly accepted: readonly AcceptedFinding[];
}

/**
 * Sets aside what is said about event types whose break is accepted: the break itself and what it does to rules, not
 * the loops that it opens. An acceptance that sets nothing aside, or ended before `today` (YYYY-MM-DD), is a finding.
 */
export function siftBreaks(
  findings: readonly Diagnostic[],
  acceptances: readonly AcceptedBreak[],
  today: string,
): SiftedBreaks {
  const byEvent = new Map(acceptances.map((acceptance) => [acceptance.event, acceptance]));
  const used = new Set<AcceptedBreak>();
  const left: Diagnostic[] = [];
  const accepted: AcceptedFinding[] = [];
  for (const each of findings) {
    const { eventType } = each.params;
    const ours = each.code.startsWith('contract/') && typeof eventType === 'string';
    const acceptance = ours ? byEvent.get(eventType) : undefined;
    if (acceptance) used.add(acceptance);
    if (acceptance && !expired(acceptance, today)) accepted.push({ finding: each, acceptance });
    else left.push(each);
  }
  for (const acceptance of acceptances) {
    const { event: eventType, reason, until = '', span } = acceptance;
    if (!used.has(acceptance)) left.push(finding('config/stale-break', { eventType, reason }, { span }));
    else if (expired(acceptance, today))
      left.push(finding('config/expired-break', { eventType, until }, { span }));
  }
  return { findings: left, accepted };
}

function expired({ until }: AcceptedBreak, today: string): boolean {
  return until !== undefined && until < today;
}
