import { defaultConfig } from '../../src/config/config.ts';
import { gatherFiles } from '../../src/io/gather.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import type { Contract } from '../../src/model/contract.ts';
import { projectRoot } from '../support/cli.ts';

/** The contracts of the worked example. */
export const contracts: readonly Contract[] = loadContracts(
  gatherFiles(
    { cwd: projectRoot },
    projectRoot,
    { ...defaultConfig, schemas: ['schemas/mangaassist'], templates: [] },
    [],
  ).schemas,
).value;
