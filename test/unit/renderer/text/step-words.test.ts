import { expect, it } from 'vitest';
import {
  appearanceWords,
  fittingWords,
  movedWords,
  pictureWords,
  stepSentences,
} from '../../../../renderer/text/step-words.ts';
import { usualAppearance } from '../../../../shared/appearance.ts';
import { allSteps, drawnSteps, usualForm } from '../../../../shared/drawn-image.ts';

it('tells each step by its numbers, and what is done where it is off', () => {
  const line = [[40, 225].map((y) => ({ x: 40, y }))];
  const steps = drawnSteps(line, usualForm)!;
  expect(stepSentences(steps, allSteps)).toEqual({
    box: 'Box: 0 wide and 185 high, of the pad’s 280',
    scale: 'Scaled into 20 by 20 pixels, times 0.095',
    centre: 'Centre of mass in the middle, moved by 0.5 right, 0.5 down pixels',
  });
  const off = { box: false, scale: false, centre: false };
  const without = stepSentences(drawnSteps(line, usualForm, off)!, off);
  expect(without.box).toMatch(/^No box/);
  expect(without.scale).toContain('times 0.100');
  expect(without.centre).toContain('nothing moved');
});

it('says how strokes were moved, and nothing where they were not', () => {
  expect(movedWords({ x: -1.26, y: 0.3 })).toBe('1.3 left, 0.3 down');
  expect(movedWords({ x: 0.04, y: -0.01 })).toBe('');
});

it('says how the data look', () => {
  expect(appearanceWords(usualAppearance)).toBe('light on dark');
  expect(appearanceWords({ ...usualAppearance, inverted: true, transposed: true })).toBe(
    'dark on light, turned',
  );
});

it('says what becomes of pictures, in grey and in colour, upright and turned', () => {
  const colour = { ...usualForm, height: 32, width: 32, channels: 3 };
  expect(pictureWords('file', colour)).toContain('32×32×3 as the data’s pictures are, in colour:');
  const turned = { ...usualForm, appearance: { ...usualAppearance, transposed: true } };
  expect(pictureWords('file', turned)).toContain('in grey, turned as the data are:');
  expect(pictureWords('data', usualForm)).toContain('as it is');
  expect(fittingWords('crop', usualForm)).toBe('Fitted to 28×28: its middle.');
});
