/**
 * `busproof/testing`: property tests for events, handlers and whole systems. Needs fast-check; works with any test
 * runner (`busproof/testing/vitest` adds the matchers to Vitest).
 */
import { provideContracts } from '../testing/contracts.ts';
import { projectContracts } from './project-contracts.ts';

provideContracts(projectContracts);

export * from '../testing/index.ts';
export { loadContracts, loadTopology } from './load-topology.ts';
