import { finding } from '../../diagnostic/diagnostic.ts';
import type { Lint } from './lint.ts';

/** `{"detail.status": […]}`: read as `{"detail": {"status": […]}}`, which is right if that is what was meant. */
export const flattenedKey: Lint = ({ conditions, dialect }) =>
  dialect !== 'rule'
    ? []
    : conditions.flatMap(({ path, keySpan }) => {
        const written = keySpan.document.text.slice(keySpan.start, keySpan.end).replace(/^["']|["']$/g, '');
        if (!written.includes('.') || !path.endsWith(written)) return [];
        return [finding('pattern/flattened-key', { key: written, path }, { span: keySpan })];
      });
