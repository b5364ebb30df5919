import { unintended } from '../../src/checks/loop-finding.ts';
import { settingsOf, systemOf } from '../../src/checks/run.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { Collector } from '../../src/diagnostic/diagnostic.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { documentOf } from '../../src/json/document.ts';
import { loadTemplates } from '../../src/load/index.ts';
import type { Analyse } from '../../src/mend/plan-mends.ts';
import type { Contract } from '../../src/model/contract.ts';

const settings = settingsOf(defaultConfig);
/** One for all: what is asked of the same contract again is known. */
const oracle = schemaOracle(settings);

/** Analyses one template whose text is given, as it is or edited. */
export function analyseText(path: string, text: string, contracts: readonly Contract[]): Analyse {
  return async (texts) => {
    const loaded = loadTemplates([documentOf(path, texts.get(path) ?? text)]);
    const { topology } = systemOf(
      {
        parts: loaded.value,
        resources: loaded.value.resources,
        contracts,
        diagnostics: [],
        templates: 1,
        schemas: 0,
      },
      defaultConfig,
      new Collector(),
    );
    const analysis = analyzeLoops(topology, settings, oracle);
    const endless = unintended(analysis, defaultConfig).filter(({ verdict }) => verdict.kind === 'endless');
    return { analysis, oracle, endless };
  };
}
