import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { firstBranch } from '../../../../shared/branch.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { html } from '../../../../shared/report/markup.ts';
import { unknownMistakes } from '../../../../shared/report/mistakes-data.ts';
import { reportHtml } from '../../../../shared/report/page.ts';
import { reportDataSchema, type ReportData } from '../../../../shared/report/report-data.ts';

const fingerprint = '0123456789abcdef'.repeat(4);

/** A report of a run with two classes, all of whose texts may be somebody's. */
function reportData(text = 'plain'): ReportData {
  const run = seedRun();
  return {
    folder: text,
    config: {
      ...run,
      network: { ...run.network, name: text },
      optimizer: { ...run.optimizer, learningRate: 0.5 },
      data: { ...run.data, dataset: `/home/somebody/${text}` },
    },
    image: { height: 28, width: 28, channels: 1, classes: 10 },
    classNames: [text, `${text}2`],
    precision: 'float32',
    device: text,
    tensorFlow: text,
    versions: { app: '1.2.3', node: 'v24' },
    datasetHash: 'f'.repeat(64),
    checkpoint: {
      name: 'model.ckpt-9',
      step: 9,
      epoch: 1,
      branch: firstBranch,
      trainingSeconds: 75,
      fingerprint,
    },
    training: [1, 2, 3].map((step) => ({ step, loss: 4 / step, accuracy: step / 4 })),
    epochs: [
      {
        epoch: 1,
        step: 9,
        loss: 1,
        accuracy: 0.75,
        validation: { loss: 0.125, accuracy: 0.9625 },
      },
    ],
    events: [{ step: 5, what: text }],
    evaluation: {
      part: 'test',
      step: 9,
      score: {
        loss: 0.25,
        accuracy: 0.875,
        confusion: [
          [6, 1],
          [0, 1],
        ],
      },
    },
    filters: { shape: [2, 2, 1, 3], values: Array.from({ length: 12 }, (_, k) => k / 12 - 0.5) },
    checkpoints: [
      {
        name: text,
        step: 9,
        epoch: 1,
        validationLoss: 0.125,
        bytes: 16e6,
        isBest: true,
        pinned: false,
        fingerprint: null,
      },
    ],
    mistakes: {
      state: 'found',
      part: 'validation',
      images: 1_000,
      wrong: 13,
      worst: [true, false].map((isRight) => ({
        ...{
          truth: text,
          read: text,
          isRight,
          readShare: 0.625,
          truthShare: 0.0375,
          loss: 3.28125,
        },
        picture: 'data:image/png;base64,AAAA',
      })),
      findings: [text],
    },
    notes: [{ step: 4, text }],
    notesProblem: null,
  };
}

/** The same where mistakes and notes could not be read, for a reason that may be anybody's text. */
const withoutImages = (text: string): ReportData => ({
  ...reportData(text),
  mistakes: unknownMistakes(text, ''),
  notes: [],
  notesProblem: text,
});

/** What of a page is markup: each tag, with the names of its attributes, without any text. */
const tagsOf = (page: string): string[] =>
  [...page.matchAll(/<(\/?[a-z!][^\s>]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name = '', attributes = '']) =>
      [name, ...[...attributes.matchAll(/([\w-]+)="/g)].map(([, key = '']) => key)].join(' '),
  );

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    '</title></style><svg onload=x>',
    '<!--',
    '&lt;b&gt;',
    '\u202e<b>\0',
    '${7*7}{{7*7}}',
  ),
);

describe('a report', () => {
  it('has the same markup whatever its texts are: none of them is ever HTML', () => {
    for (const dataOf of [reportData, withoutImages]) {
      const plain = tagsOf(reportHtml(dataOf('plain')));
      expect(plain.length).toBeGreaterThan(100);
      fc.assert(
        fc.property(hostile, (text) => {
          expect(tagsOf(reportHtml(dataOf(`x${text}`)))).toEqual(plain);
        }),
        { numRuns: 120 },
      );
    }
  });

  it('runs and loads nothing', () => {
    const page = reportHtml(reportData('<script src="https://example.org/x.js"></script>'));
    expect(page).toMatch(
      /http-equiv="Content-Security-Policy"\s+content="default-src &#39;none&#39;/,
    );
    expect(page).not.toMatch(/<(script|iframe|object|embed|link|form|base)\b/i);
    expect(page).not.toMatch(/<[^>]*\s(on\w+|href|srcset)=/i);
    for (const [, address = ''] of page.matchAll(/<[^>]*\ssrc="([^"]*)"/g))
      expect(address).toMatch(/^data:image\//);
    expect(page).not.toMatch(/@import|url\(/);
  });

  it('tells the recorded numbers, the set-up and the fingerprint, and no path', () => {
    const page = reportHtml(v.parse(reportDataSchema, reportData())).replaceAll(/\s+/g, ' ');
    for (const told of [
      '87.50 %',
      '96.25 %',
      '0.125',
      '1 min 15 s',
      fingerprint,
      'Convolution 1',
      '28×28×32',
      'Precision',
      '85.7 %',
      'Filter 3',
      '13 of 1,000 validation images are read wrong (1.30 %)',
      'loss 3.281',
      '62.5 %',
      '3.8 %',
    ])
      expect(page).toContain(told);
    expect(page).toMatch(/Learning rate<\/th>\s*<td>0.5<\/td>\s*<td class="muted">0.001<\/td>/);
    expect(page).not.toContain('/home/somebody');
  });

  it('says why the images are missing, and names no folder of this machine', () => {
    const { config } = reportData();
    const mistakes = unknownMistakes(`Nothing is at ${config.data.dataset}.`, config.data.dataset);
    const page = reportHtml({ ...reportData(), mistakes });
    expect(page).toContain('Nothing is at plain.');
    expect(page).not.toContain('/home/somebody');
    expect(page).not.toContain('<img');
    for (const path of ['/home/somebody/lib/it.so', String.raw`C:\home\somebody\lib\it.so`])
      expect(unknownMistakes(`Cannot open “${path}”.`, 'mnist')).toMatchObject({
        why: 'Cannot open “it.so”.',
      });
  });

  it('leaves out what is not there, and says so where one would look for it', () => {
    const page = reportHtml({
      ...reportData(),
      ...{ training: [], epochs: [], events: [], checkpoints: [] },
      ...{ evaluation: null, filters: null, mistakes: null, notes: [], versions: null },
    });
    expect(page).toContain('No curves are kept');
    expect(page).toContain('No evaluation is recorded');
    expect(page).toContain('were not looked for');
    expect(page).not.toContain('Filters of the first layer');
    expect(page).not.toContain('Notes');
    expect(page).not.toContain('<svg');
  });
});

it('only what was made as markup is put into markup as it is', () => {
  const inner = html`<b>${'<i>'}</b>`;
  expect(html`${inner}${['a', null, false, 3]}${'&'}`.toString()).toBe('<b>&#60;i&#62;</b>a3&#38;');
});
