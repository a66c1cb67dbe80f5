import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Options } from '../../bench/options.ts';
import type { AccuracyRow } from '../../bench/parts/accuracy.ts';
import { multiplyAdds } from '../../bench/parts/scaling.ts';
import { commandOf, type Provenance } from '../../bench/provenance.ts';
import { writeReport, type Results } from '../../bench/report/results.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstlayer-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const provenance: Provenance = {
  date: '2026-01-02',
  version: '1.2.3',
  sources: 'abc',
  processor: 'a processor',
  command: 'npm run bench -- --only accuracy',
};
const accuracy: Results = {
  accuracy: { provenance, figures: { epochs: 1, seeds: [1], rows: [], leftOut: [] } },
};
const throughput: Results = {
  throughput: {
    provenance: { ...provenance, date: '2026-03-04', processor: 'another processor' },
    figures: {
      starts: 1,
      rounds: 1,
      seconds: 2,
      rows: [
        {
          name: 'ours',
          engine: 'firstlayer',
          precision: 'float32',
          library: 'Library 1',
          settings: '2 threads, an allocator',
          speeds: [100],
          peakMemory: 1e6,
          dataBytes: 0,
        },
      ],
      ratios: [],
      leftOut: ['theirs: it has ended'],
    },
  },
};
const read = (): string => readFileSync(join(folder, 'README.md'), 'utf8');

test('each part says when, where, with what version and how it was measured, and keeps it', () => {
  writeReport(folder, accuracy);
  writeReport(folder, throughput);
  expect(read()).toContain(
    '## Accuracy\n\n2026-01-02, a processor, Firstlayer 1.2.3 (sources abc): `npm run bench -- --only accuracy`',
  );
  expect(read()).toContain('## Throughput\n\n2026-03-04, another processor,');
});

test('contestants tell their own library and settings; those left out are named; charts are called by their titles', () => {
  writeReport(folder, throughput);
  expect(read()).toMatch(/ours .*Library 1 {2}2 threads, an allocator/);
  expect(read()).toContain('Left out: theirs: it has ended');
  expect(read()).toContain('![Training the seed network on another processor](throughput.svg)');
});

test('the networks are told apart, by their headings and their charts', () => {
  writeReport(folder, { ...throughput, cifar: throughput.throughput! });
  expect(read()).toContain('![Training the seed network on another processor](throughput.svg)');
  expect(read()).toContain('![Training the preset cifar on another processor](cifar.svg)');
  expect(read()).toContain("## CIFAR-10's shape");
});

test("the preset's accuracy stands beside its peer's", () => {
  const rows = [
    { name: 'ours', library: '', accuracy: 0.8254 },
    { name: 'theirs', library: 'Library 1', accuracy: 0.81 },
  ];
  writeReport(folder, { 'cifar-accuracy': { provenance, figures: { epochs: 10, rows } } });
  expect(read()).toMatch(/ours +0\.8254\ntheirs +0\.8100 +Library 1/);
});

describe("this engine's accuracy, measured alone", () => {
  const row = (name: string, engine: 'firstlayer' | 'pytorch', accuracy: number): AccuracyRow => ({
    name,
    engine,
    library: 'Library 1',
    settings: '',
    accuracies: [accuracy],
  });
  const measured = (epochs: number, rows: AccuracyRow[], date = '2026-01-02'): Results => ({
    accuracy: {
      provenance: { ...provenance, date },
      figures: { epochs, seeds: [1], rows, leftOut: [] },
    },
  });
  beforeEach(() => {
    writeReport(
      folder,
      measured(10, [row('ours', 'firstlayer', 0.1), row('theirs', 'pytorch', 0.2)]),
    );
  });

  test("stands beside the peers' earlier ones, which say where they are from, also the next time", () => {
    for (const [date, accuracy, told] of [
      ['2026-05-06', 0.3, '30.00 %'],
      ['2026-07-08', 0.4, '40.00 %'],
    ] as const) {
      writeReport(folder, measured(10, [row('ours', 'firstlayer', accuracy)], date));
      expect(read()).toMatch(new RegExp(`ours +${told}`));
      expect(read()).toMatch(/theirs +20.00 %/);
      expect(read()).not.toContain('10.00 %');
      expect(read()).toContain("The peers' are of an earlier measurement: 2026-01-02, a processor");
    }
  });

  test('stands alone where they trained for another time', () => {
    writeReport(folder, measured(3, [row('ours', 'firstlayer', 0.3)]));
    expect(read()).not.toContain('theirs');
    expect(read()).not.toContain('earlier measurement');
  });
});

test('figures of another form are not kept', () => {
  writeFileSync(join(folder, 'results.json'), JSON.stringify({ throughput: { device: 'old' } }));
  writeReport(folder, accuracy);
  expect(read()).not.toContain('Throughput');
});

test("a part's command has what it goes by and no path", () => {
  const options: Options = {
    parts: ['throughput'],
    starts: 2,
    rounds: 3,
    seconds: 0.5,
    epochs: 10,
    seeds: 5,
    python: '/a/python',
    images: '/a/place/pictures.zip',
    folder: '/a/folder',
  };
  expect(commandOf('throughput', options)).toBe(
    'npm run bench -- --only throughput --peers --starts 2 --rounds 3 --seconds 0.5',
  );
  expect(commandOf('accuracy', options)).toBe(
    'npm run bench -- --only accuracy --peers --epochs 10 --seeds 5',
  );
  expect(commandOf('cifar', options)).toBe(
    'npm run bench -- --only cifar --peers --images cifar-10-images.zip --starts 2 --rounds 3 --seconds 0.5',
  );
  expect(commandOf('cifar-accuracy', { ...options, python: null })).toBe(
    'npm run bench -- --only cifar-accuracy --images cifar-10-images.zip --epochs 10',
  );
  expect(commandOf('scaling', options)).toBe('npm run bench -- --only scaling');
});

test("training is three forward passes, without the first layer's gradient by the image", () => {
  const { forward, training } = multiplyAdds({ precision: 'float32', seed: 1 });
  const firstLayer = 28 * 28 * 3 * 3 * 32;
  expect(training).toBe(3 * forward - firstLayer);
});
