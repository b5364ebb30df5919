import { type Span, spanOf } from '../../json/document.ts';
import { printHoles } from '../../json/holes.ts';
import type { Condition } from '../../pattern/pattern.ts';

/** `a, b and 3 more`: the first names of a list. */
export function listed(names: readonly string[], most = 5): string {
  const shown = [...new Set(names.map(printHoles))];
  if (shown.length <= most) return shown.join(', ');
  return `${shown.slice(0, most).join(', ')} and ${shown.length - most} more`;
}

/** A condition with the key that names its field. */
export function conditionSpan({ keySpan, span }: Condition): Span {
  const together = keySpan.document === span.document && keySpan.start <= span.start;
  return together ? spanOf(span.document, keySpan.start, span.end) : span;
}
