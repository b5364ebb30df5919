import * as consume from '../../../../generated/components/moderationFunction.ts';
import { verdictOn } from './verdict.ts';
import './bus.ts';

const excerptLength = 280;

/** Holds a review back or lets it through. Depth, stage and correlation id are filled in by `publish`. */
export const handler = consume.reviewSubmitted(async ({ detail }, { publish }) => {
  const { review_id, product_id, rating, title = '', body, locale } = detail;
  const now = new Date().toISOString();
  const verdict = verdictOn(`${title} ${body}`);
  if (verdict === undefined) {
    await publish.reviewApproved({ review_id, product_id, locale, rating, approved_at: now });
  } else {
    const excerpt = [...body].slice(0, excerptLength).join('');
    await publish.moderationFlagged({ review_id, product_id, locale, verdict, excerpt, flagged_at: now });
  }
  return { status: 'published' as const };
});
