/** `busproof/testing/vitest`: importing it adds the matchers to Vitest's `expect`, with their types. */
import { expect } from 'vitest';
import type { BusproofMatchers } from '../testing/matchers/types.ts';
import { busproofMatchers } from './testing.ts';

expect.extend(busproofMatchers);

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: Vitest declares it so, and declarations must agree
  interface Matchers<T = any> extends BusproofMatchers {}
}
