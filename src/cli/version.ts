export { toolVersion } from '../io/version.ts';
