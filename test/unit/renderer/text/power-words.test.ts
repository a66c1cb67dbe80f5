import { expect, it } from 'vitest';
import { batteryLowNotice, slownessWords } from '../../../../renderer/text/power-words.ts';

const usual = { onBattery: false, speedLimit: 100, isHot: false };

it.each([
  [usual, null],
  [{ ...usual, onBattery: true }, 'slower: on battery'],
  [{ ...usual, speedLimit: 60 }, 'slower: at 60 %'],
  [{ onBattery: true, speedLimit: 60, isHot: true }, 'slower: hot'],
])('a run that trains at half its speed is explained by %j', (power, short) => {
  expect(slownessWords(power, 500, 1000)?.short ?? null).toBe(short);
});

it('a run that is as fast as before, or stands, needs no explanation', () => {
  const onBattery = { ...usual, onBattery: true };
  expect(slownessWords(onBattery, 850, 1000)).toBeNull();
  expect(slownessWords(onBattery, 0, 1000)).toBeNull();
  expect(slownessWords(onBattery, 700, 1000)?.sentence).toContain('70 % of its fastest');
});

it('a low battery is told with its charge', () => {
  expect(batteryLowNotice(0.14).what).toContain('14 %');
});
