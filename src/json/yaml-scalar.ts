import type { Span } from './document.ts';
import type { Node } from './node.ts';

const TRUE = /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/;
const FALSE = /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const HEXADECIMAL = /^[-+]?0x[0-9a-fA-F_]+$/;
const FRACTION = /^[-+]?(?:0|[1-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?$/;

/**
 * A plain YAML scalar, read as YAML 1.1 does and CloudFormation with it: `yes` and `off` are booleans. Three kinds
 * of YAML 1.1 numbers stay text, because what people mean by them is text: a whole number with a leading zero (an
 * account id, which octal would mangle), digits with colons (a time of day, base 60 to YAML) and dates.
 */
export function plainScalar(text: string, span: Span): Node {
  if (NULL.test(text)) return { kind: 'null', span };
  if (TRUE.test(text)) return { kind: 'boolean', span, value: true };
  if (FALSE.test(text)) return { kind: 'boolean', span, value: false };
  const number = numberOf(text);
  return number === undefined
    ? { kind: 'string', span, value: text }
    : { kind: 'number', span, value: number, raw: rawOf(text, number) };
}

function numberOf(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  if (DECIMAL.test(text)) return Number(digits);
  if (HEXADECIMAL.test(text)) {
    const value = Number.parseInt(digits.replace(/^[-+]?0x/, ''), 16);
    return digits.startsWith('-') ? -value : value;
  }
  if (FRACTION.test(text) && /[0-9]/.test(text)) return Number(digits);
  return undefined;
}

/** The spelling, if it is also one of JSON; else JSON's spelling of the value. */
function rawOf(text: string, value: number): string {
  return /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(text) ? text : JSON.stringify(value);
}
