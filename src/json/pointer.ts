/** JSON Pointer (RFC 6901): reference tokens joined by `/`, with `~` and `/` escaped. */

/** Tokens → pointer text; no tokens give the empty pointer, the whole document. */
export function printPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Pointer text → tokens. A text that does not begin with `/` is not a pointer: undefined. */
export function parsePointer(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
