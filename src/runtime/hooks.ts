import type { Entry } from './entry.ts';
import type { Fate } from './fate.ts';

/** What a logger must have; `console` and the loggers of Powertools do. */
export interface Log {
  info(message: string, data?: object): void;
  warn(message: string, data?: object): void;
  error(message: string, data?: object): void;
}

/** Called as things happen, for logs and metrics. What a hook throws is dropped: it must not cost an event. */
export interface Hooks {
  /** Before a request is sent. */
  request?(request: { readonly entries: readonly Entry[]; readonly bytes: number }): void;
  /** After a request that some entries must be sent again for. */
  retry?(retry: {
    readonly entries: number;
    readonly attempt: number;
    readonly code: string;
    readonly milliseconds: number;
  }): void;
  /** Once for every event, when its fate is known. */
  settled?(event: { readonly source: string; readonly detailType: string; readonly fate: Fate }): void;
}

/** Calls a hook and keeps its failures away from the caller. */
export function call<K extends keyof Hooks>(
  hooks: Hooks | undefined,
  name: K,
  fact: Parameters<NonNullable<Hooks[K]>>[0],
): void {
  try {
    (hooks?.[name] as ((fact: unknown) => void) | undefined)?.call(hooks, fact);
  } catch {
    // A hook reports; the event is what counts.
  }
}
