import type { EventBridgeEvent } from 'aws-lambda';
import { publish } from './bus.ts';
import type { ReviewSubmitted } from './events.ts';
import { following } from './metadata.ts';
import type { Outcome } from './outcome.ts';
import { verdictOn } from './verdict.ts';

const excerptLength = 280;

/** Holds a review back or lets it through. */
export async function handler(event: EventBridgeEvent<'ReviewSubmitted', ReviewSubmitted>): Promise<Outcome> {
  const { review_id, product_id, rating, title = '', body, locale } = event.detail;
  const now = new Date().toISOString();
  const verdict = verdictOn(`${title} ${body}`);
  const review = { ...following(event.detail), review_id, product_id, locale };
  if (verdict === undefined) {
    await publish([
      {
        Source: 'mangaassist.reviews',
        DetailType: 'ReviewApproved',
        Detail: { ...review, rating, approved_at: now },
      },
    ]);
  } else {
    const excerpt = [...body].slice(0, excerptLength).join('');
    await publish([
      {
        Source: 'mangaassist.reviews',
        DetailType: 'ModerationFlagged',
        Detail: { ...review, verdict, excerpt, flagged_at: now },
      },
    ]);
  }
  return { status: 'published' };
}
