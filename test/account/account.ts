import { Caller, type CallerOptions } from '../../src/io/account/caller.ts';
import { realClock } from '../../src/io/account/pace.ts';

/** A caller for a server of this machine: as fast as it answers. */
export function localCaller(options: Partial<CallerOptions> = {}): Caller {
  return new Caller({ clock: realClock, hurry: 1000, ...options });
}
