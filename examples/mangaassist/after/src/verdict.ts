import type { ModerationVerdict } from '../../../../generated/types.ts';

const blockedTerms = ['詐欺', '転売ヤー', 'scam', 'ripoff'];
const spoilerMarkers = /ネタバレ|犯人は|spoil(?:s|er|ers)?\b|the ending/giu;
const links = /https?:\/\//giu;
const linksAllowed = 1;

/** Judges a review by rules, without a model. Undefined: nothing to object to. */
export function verdictOn(text: string): ModerationVerdict | undefined {
  const lower = text.toLowerCase();
  const terms = blockedTerms.filter((term) => lower.includes(term));
  if (terms.length > 0) return { kind: 'blocked_terms', terms };
  const markers = text.match(spoilerMarkers)?.length ?? 0;
  if (markers > 0) return { kind: 'spoiler', markers: Math.min(markers, 100) };
  const found = text.match(links)?.length ?? 0;
  return found > linksAllowed ? { kind: 'link_spam', links: Math.min(found, 1000) } : undefined;
}
