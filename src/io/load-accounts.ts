import { Collector, type Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../json/document.ts';
import { homeOf, type LoadedAccount, loadAccount } from '../load/account/load-account.ts';
import { readSnapshot } from '../load/account/read-snapshot.ts';
import type { Snapshot } from '../load/account/snapshot.ts';

/** Accounts as one system: of several with one thing the first stays. */
export interface LoadedAccounts {
  readonly parts: LoadedAccount;
  readonly diagnostics: readonly Diagnostic[];
  readonly snapshots: number;
}

/** Loads accounts that were looked at now, or earlier and saved. `region`: whose buses go by their bare names, if it is there. */
export function loadAccounts(
  given: readonly (Snapshot | Document)[],
  { folder, region }: { readonly folder: string; readonly region?: string },
): LoadedAccounts {
  const collector = new Collector();
  const snapshots = given.flatMap((each) =>
    'text' in each ? (collector.take(readSnapshot(each as Document)) ?? []) : [each as Snapshot],
  );
  const home = snapshots[0] && homeOf(snapshots[0], region);
  const options = { folder, ...(home ? { home } : {}) };
  const loaded = snapshots.map((snapshot) => collector.take(loadAccount(snapshot, options)));
  const all = <K extends keyof LoadedAccount>(key: K) =>
    loaded.flatMap((each) => each[key] as readonly LoadedAccount[K][number][]);
  const parts: LoadedAccount = {
    buses: all('buses'),
    routes: all('routes'),
    components: all('components'),
    contracts: [],
    emissions: [],
    resources: all('resources'),
  };
  return { parts, diagnostics: collector.diagnostics, snapshots: snapshots.length };
}
