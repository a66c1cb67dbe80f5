import { describe, expect, it } from 'vitest';
import { countedByRun, partCountsOf } from '../../../../renderer/state/part-counts.ts';
import { startOf } from '../../../../renderer/state/held-form.ts';
import { mixedWords } from '../../../../renderer/text/mixed-words.ts';
import type { OwnDrawings } from '../../../../shared/own-drawings.ts';
import { seedRun } from '../../../../shared/presets.ts';
import type { TrainerEventOf } from '../../../../shared/trainer-events.ts';

const kept = (folders: string[], place: string | null = '/mine'): OwnDrawings => ({
  ...{ place, problems: [], drawing: null, copiedTo: null },
  drawings: folders.map((folder, k) => ({
    ...{ folder, name: String(k), height: 28, width: 28, hasStrokes: true },
  })),
});
const own = (weight: number, folder = '/mine') => ({ folder, weight, drawings: null });
const classNames = Array.from('0123456789');
const known = { classNames, trainCount: 55_000, began: null };

describe('what is told beside the switch', () => {
  it('says how drawings are kept while there are none, or why they cannot be read', () => {
    expect(mixedWords({ ...known, own: undefined, kept: kept([]) })).toMatch(/^None is kept yet\./);
    const problem = { what: 'It is gone.', where: '/mine', remedy: 'Look.' };
    const lost = { ...kept([]), problems: [problem] };
    expect(mixedWords({ ...known, own: own(10), kept: lost })).toBe('It is gone.');
    expect(mixedWords({ ...known, own: undefined, kept: null })).toContain('looked for');
  });

  it('counts those of the data’s classes, and what they come to by their weight', () => {
    const some = kept(['7', '0', '7', 'cat']);
    expect(mixedWords({ ...known, own: undefined, kept: some })).toBe(
      '3 drawings (class 0: 1, class 7: 2) are kept. 1 drawing of classes that these data do not have is left out.',
    );
    expect(mixedWords({ ...known, own: own(1_000), kept: kept(['7', '0', '7']), began: 2 })).toBe(
      '3 drawings (class 0: 1, class 7: 2), each as 1,000 examples: 3,000 of 58,000 training examples in all. Validation and test stay as they are. The run in this folder goes on with the 2 drawings that it began with.',
    );
    expect(mixedWords({ ...known, own: own(1), kept: kept(['7']), trainCount: null })).toBe(
      '1 drawing (class 7: 1), as one example: 1. Validation and test stay as they are.',
    );
    expect(mixedWords({ ...known, own: own(5), kept: kept(['cat']) })).toContain(
      'Your drawing is of no class',
    );
  });

  it('says where a run has others than are kept now', () => {
    expect(mixedWords({ ...known, own: own(5, '/before'), kept: kept(['7']) })).toBe(
      'Those in /before are taken. In Draw you keep drawings in /mine now.',
    );
  });
});

it('a run’s data are counted without its drawings, and the form takes another run’s without naming them', () => {
  const seed = seedRun();
  const drawings = ['0'.repeat(16), '1'.repeat(16)];
  const data = { ...seed.data, ownDrawings: { folder: '/mine', weight: 10, drawings } };
  const examples = { train: 420, validation: 5_000, test: 100 };
  const config = { ...seed, data };
  const started = { config, examples } as TrainerEventOf<'started'>;
  expect(partCountsOf(data, countedByRun(started))).toEqual({ ...examples, train: 400 });
  expect(startOf(config).config.data.ownDrawings).toEqual(own(10));
  expect(startOf(seed).config).toBe(seed);
});
