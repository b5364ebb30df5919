import { App, Validations } from 'aws-cdk-lib';
import { BusproofValidation } from '../../../../src/io/cdk-plugin.ts';
import { MangaAssistStack } from './manga-assist-stack.ts';

const app = new App();
Validations.of(app).addPlugins(new BusproofValidation());
new MangaAssistStack(app, 'MangaAssist');
app.synth();
