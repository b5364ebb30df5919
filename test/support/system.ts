export {
  type FunctionSketch,
  type PublicationSketch,
  type SystemSketch,
  topologyFromSketch as systemOf,
} from '../../src/testing/topology/sketch.ts';
