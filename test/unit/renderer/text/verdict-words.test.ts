import { describe, expect, it } from 'vitest';
import { notesOf, pitchesOf } from '../../../../renderer/sound/verdict-sound.ts';
import { validationBetterWords, verdictWords } from '../../../../renderer/text/verdict-words.ts';
import { seedRun } from '../../../../shared/presets.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { withDropoutRate } from '../../../../shared/dropout-rates.ts';
import { nothingAugmented } from '../../../support/nothing-augmented.ts';

describe('the verdict in words', () => {
  it('says the numbers that it rests on', () => {
    expect(verdictWords({ kind: 'falling', fell: 0.573, sinceEpoch: 1, steps: 361 }, 10)).toEqual({
      title: 'Still falling.',
      sentence: 'Training loss fell 57 % since epoch 1 ended.',
    });
    expect(verdictWords({ kind: 'flat', epochs: 3 }, 10).title).toBe('Flat for 3 epochs.');
    expect(verdictWords({ kind: 'overfitting', since: 6, rose: 0.118, fell: 0.4 }, 10).title).toBe(
      'Overfitting since epoch 6.',
    );
    expect(
      verdictWords({ kind: 'not-learning', loss: 3.86, isWorse: false }, 47).sentence,
    ).toContain('ln 47 = 3.85');
    expect(
      verdictWords({ kind: 'falling', fell: 0.9996, sinceEpoch: null, steps: 300 }, 10).sentence,
    ).toContain('over 99 %');
  });

  it('says why validation is better only where it is, and the set-up explains it', () => {
    const epoch = (validation: number) => [
      { epoch: 1, step: 430, train: { loss: 0.2 }, validation: { loss: validation } },
    ];
    const plain = (['convolution', 'dense'] as const).reduce<RunConfig>(
      (config, place) => withDropoutRate(config, place, 0),
      { ...seedRun(), data: { ...seedRun().data, augmentation: null } },
    );
    const augmented = (augmentation: RunConfig['data']['augmentation']): RunConfig => ({
      ...plain,
      data: { ...plain.data, augmentation },
    });
    const dropped = withDropoutRate(plain, 'dense', 0.5);
    expect(validationBetterWords(epoch(0.1), dropped)).toBe(
      'Validation is better than training: in training dropout is on, and its mean is over the whole epoch.',
    );
    expect(validationBetterWords(epoch(0.21), dropped)).toBeNull();
    expect(validationBetterWords(epoch(0.1), plain)).toBeNull();
    expect(validationBetterWords(epoch(0.1), augmented(nothingAugmented))).toBeNull();
    expect(
      validationBetterWords(epoch(0.1), augmented({ ...nothingAugmented, rotate: 5 })),
    ).toContain('images are changed at random');
    expect(validationBetterWords(epoch(0.1), null)).toBeNull();
  });
});

describe('the verdict in sound', () => {
  const steps = (course: (step: number) => number) =>
    Array.from({ length: 200 }, (_, k) => ({ step: k + 1, loss: course(k + 1) }));

  it('falls as the loss falls, by the same interval for the same factor, whatever the scale', () => {
    const pitches = pitchesOf(steps((step) => 2 * 0.99 ** step));
    expect(pitches).toEqual([...pitches].sort((a, b) => b - a));
    const scaled = pitchesOf(steps((step) => 0.02 * 0.99 ** step));
    scaled.forEach((pitch, k) => expect(pitch).toBeCloseTo(pitches[k]!, 6));
    const [first, last] = pitchesOf([
      { step: 1, loss: 0.8 },
      { step: 2, loss: 0.1 },
    ]);
    expect(first! / last!).toBeCloseTo(2, 6);
  });

  it('stays within what is heard, and leaves out what is no number', () => {
    const wild = pitchesOf(steps((step) => (step % 3 === 0 ? NaN : step % 2 ? 1e-30 : 1e30)));
    expect(Math.min(...wild)).toBeGreaterThanOrEqual(110);
    expect(Math.max(...wild)).toBeLessThanOrEqual(880);
    expect(pitchesOf([])).toEqual([]);
  });

  it('ends higher for what is bad, and lower for what is good', () => {
    const [falling, diverging] = [notesOf('falling'), notesOf('diverging')];
    expect(falling.at(-1)!).toBeLessThan(falling[0]!);
    expect(diverging.at(-1)!).toBeGreaterThan(diverging[0]!);
  });
});
