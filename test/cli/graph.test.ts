import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, folderWith, projectRoot } from '../support/cli.ts';

const before = join(projectRoot, 'examples/mangaassist/before');
const after = join(projectRoot, 'examples/mangaassist/after');

interface PictureJson {
  readonly nodes: readonly { key: string; kind: string; label: string[]; bus?: string; loop?: string }[];
  readonly edges: readonly { from: string; to: string; certainty: string; label?: string; loop?: string }[];
}

async function picture(...line: string[]): Promise<PictureJson> {
  const { code, out, err } = await cli(['graph', ...line, '--format', 'json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as PictureJson;
}

/** `A → B (label) loop`, by the first line of each label. */
function arrows({ nodes, edges }: PictureJson): string[] {
  const name = new Map(nodes.map(({ key, label }) => [key, label[0]]));
  return edges.map(({ from, to, certainty, label = '', loop = '' }) =>
    [`${name.get(from)} → ${name.get(to)}`, certainty, label, loop].filter(Boolean).join(' | '),
  );
}

describe('the graph', () => {
  it('shows the loops before the fix', async () => {
    expect(arrows(await picture(before, '--loops')).sort()).toEqual([
      'AnalyticsFunction → AnalyticsProcessed | sure | declared | endless',
      'AnalyticsProcessed → MangaAssist-AllEvents-Analytics | sure | endless | endless',
      'MangaAssist-AllEvents-Analytics → AnalyticsFunction | sure | endless',
      'MangaAssist-AllEvents-Analytics → SuggestionFunction | sure | endless',
      'SuggestionFunction → SuggestionGenerated | sure | declared | endless',
      'SuggestionGenerated → MangaAssist-AllEvents-Analytics | sure | endless | endless',
    ]);
  });

  it('shows after it where they are stopped, and by what', async () => {
    const shown = arrows(await picture(after, '--loops'));
    for (const type of ['AnalyticsProcessed', 'SuggestionGenerated']) {
      expect(shown).toContain(
        `${type} → MangaAssist-AllEvents-Analytics | never | loop stopped: source differentiation | refuted`,
      );
    }
  });

  it('shows every rule in the cluster of its bus, and those who publish from outside', async () => {
    const whole = await picture(before);
    const rules = whole.nodes.filter(({ kind }) => kind === 'rule');
    expect(rules.map(({ bus }) => bus)).toEqual(rules.map(() => 'MangaAssist-AI-Events'));
    expect(rules).toHaveLength(3);
    expect(arrows(whole)).toContain('ReviewProcessorFunction → ReviewSubmitted | sure | declared');
  });

  it('shows only what is around one event', async () => {
    const shown = arrows(await picture(before, '--around', 'ModerationFlagged'));
    expect(shown).toContain('ModerationFunction → ModerationFlagged | sure | declared');
    expect(shown).toContain('ModerationFlagged → MangaAssist-ModerationSuggestion | sure');
    expect(shown.join('\n')).not.toContain('PaymentFailed');
  });

  const forms: [format: string, line: RegExp][] = [
    ['mermaid', /^flowchart LR\n {2}subgraph bus0\["bus MangaAssist-AI-Events"\]\n/],
    ['dot', /^digraph "event flow" \{\n[\s\S]*subgraph cluster_0 \{\n {4}label="bus MangaAssist-AI-Events";/],
  ];
  it.each(forms)('is drawn as %s, the same each time', async (format, beginning) => {
    const line = ['graph', before, '--format', format];
    const first = await cli(line);
    expect(first.out).toMatch(beginning);
    expect((await cli(line)).out).toBe(first.out);
  });

  it('of 300 rules says that Mermaid will not draw it, and draws one event', async () => {
    const rule = (i: number) => `
  F${i}: { Type: AWS::Lambda::Function, Metadata: { Busproof: { publishes: [shop@E${i + 1}] } } }
  R${i}:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { detail-type: [E${i}] }, Targets: [{ Id: one, Arn: !GetAtt F${i}.Arn }] }`;
    const template = `Resources:${Array.from({ length: 300 }, (_, i) => rule(i)).join('')}\n`;
    const folder = folderWith({ 'template.yaml': template });
    const whole = await cli(['graph'], folder);
    expect(whole.code).toBe(0);
    expect(whole.err).toMatch(/Mermaid draws at most 500 edges/);
    const part = await cli(['graph', '--around', 'shop@E7'], folder);
    expect(part.err).toBe('');
    expect(part.out.split('\n').length).toBeLessThan(25);
  });

  const refused: [line: string[], sentence: RegExp][] = [
    [[before, '--loops', '--around', 'x'], /--loops or --around, not both/],
    [[before, '--around', 'ReviewSubmited'], /did you mean "ReviewSubmitted"\?/],
    [[before, '--around', 'a@B'], /nothing here publishes or describes "a@B"/],
    [[join(projectRoot, 'docs')], /no EventBridge rule, pipe or subscriber was found/],
  ];
  it.each(refused)('%j is refused in a sentence', async (line, sentence) => {
    const { code, err } = await cli(['graph', ...line]);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });
});

describe('the trace', () => {
  it('follows an event until it goes round', async () => {
    const { code, out } = await cli(['trace', 'ReviewSubmitted', before]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^mangaassist\.reviews@ReviewSubmitted on MangaAssist-AI-Events\n├─ MangaAssist-ReviewSubmitted takes it\n/,
    );
    expect(out).toContain(
      'AnalyticsProcessed (declared in the Metadata of AnalyticsFunction) ↺ goes round: see above',
    );
  });

  it('tells why a rule does not take it', async () => {
    const { out } = await cli(['trace', 'AnalyticsProcessed', after, '--all']);
    expect(out).toContain(
      'MangaAssist-AllEvents-Analytics no: it takes source "mangaassist.chat", "mangaassist.payments", "mangaassist.reviews", "mangaassist.catalog", not "mangaassist.ai" (source differentiation)',
    );
    expect(out).toContain('AiAnalyticsTerminalFunction (function) publishes nothing (declared)');
  });

  it('tells of a rule that takes some of the events', async () => {
    const { out } = await cli(['trace', 'ModerationFlagged', after]);
    expect(out).toContain(
      'MangaAssist-ModerationSuggestion takes it, but not always: it takes detail.processing_stage "raw", not "processed"',
    );
  });

  it('follows an event that nobody here speaks of', async () => {
    const { code, out } = await cli(['trace', 'mangaassist.other@Unheard', before]);
    expect(code).toBe(0);
    expect(out).toContain('MangaAssist-AllEvents-Analytics takes it');
  });

  it('ends where everything leads to everything', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `E${i}`);
    const template = `Resources:${names
      .map(
        (name) => `
  F${name}:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { publishes: [${names.map((each) => `shop@${each}`).join(', ')}] } }
  R${name}:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [shop], detail-type: [${name}] }, Targets: [{ Id: one, Arn: !GetAtt F${name}.Arn }] }`,
      )
      .join('')}\n`;
    const { code, out } = await cli(['trace', 'E0'], folderWith({ 'template.yaml': template }));
    expect(code).toBe(0);
    expect(out.length).toBeLessThan(300_000);
  }, 60_000);

  const refused: [line: string[], sentence: RegExp][] = [
    [[], /name an event: busproof trace source@DetailType/],
    [['ReviewSubmited', before], /did you mean "ReviewSubmitted"\?/],
    [['ReviewSubmitted', before, '--depth', 'x'], /--depth is a number from 1 to 100/],
  ];
  it.each(refused)('%j is refused in a sentence', async (line, sentence) => {
    const { code, err } = await cli(['trace', ...line]);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });
});
