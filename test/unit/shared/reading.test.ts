import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../support/datasets.ts';
import { readingOf, symbolsOf, type Reading } from '../../../shared/reading.ts';
import type { Point, Stroke } from '../../../shared/strokes.ts';
import { drawnDigit, randomFrom } from '../../drawings/digits.ts';
import { drawnAgain, writtenDigits } from '../../drawings/mnist-strokes.ts';

const line = (...points: [x: number, y: number][]): Stroke => points.map(([x, y]) => ({ x, y }));
const tap = (x: number, y: number): Stroke => line([x, y]);
/** Of a drawing for a network whose classes are digits. */
const readingOfDigits = (strokes: readonly Stroke[]): Reading => readingOf(strokes, true);
const digits = Array.from({ length: 10 }, (_, digit) => digit);
const at = (x: number, y = 140): Point => ({ x, y });

/** Every line in pieces: `drawn` long, then `gap` nothing. */
function broken(strokes: readonly Stroke[], drawn: number, gap: number): Stroke[] {
  return strokes.flatMap((stroke) => {
    const pieces: Point[][] = [];
    let length = 0;
    stroke.forEach((point, index) => {
      const before = stroke[index - 1] ?? point;
      const steps = Math.max(1, Math.ceil(Math.hypot(point.x - before.x, point.y - before.y)));
      for (let step = 1; step <= steps; step++) {
        const share = step / steps;
        const x = before.x + (point.x - before.x) * share;
        const y = before.y + (point.y - before.y) * share;
        length += Math.hypot(point.x - before.x, point.y - before.y) / steps;
        const piece = Math.floor(length / (drawn + gap));
        if (length - piece * (drawn + gap) <= drawn) (pieces[piece] ??= []).push({ x, y });
      }
    });
    return Object.values(pieces);
  });
}

describe('readingOf', () => {
  it('finds nothing where no point was drawn', () => {
    expect(readingOfDigits([])).toEqual({ kind: 'nothing' });
    expect(readingOfDigits([[]])).toEqual({ kind: 'nothing' });
    expect(readingOfDigits([tap(NaN, 3)])).toEqual({ kind: 'nothing' });
  });

  it.each<[string, Stroke[]]>([
    ['a tap', [tap(140, 140)]],
    ['a tap of a hand that moves', [line([140, 140], [143, 145], [147, 141], [141, 138])]],
    ['two taps', [tap(60, 140), tap(220, 140)]],
    ['four dots', [tap(60, 60), line([200, 60], [205, 63]), tap(60, 200), tap(200, 200)]],
  ])('finds too little in %s', (_, strokes) => {
    expect(readingOfDigits(strokes)).toEqual({ kind: 'too-little' });
  });

  it('finds a digit of 20 to 400 units, on the pad and partly off it', () => {
    const random = randomFrom(3);
    for (const size of [20, 35, 100, 270, 400])
      for (const digit of digits) {
        const strokes = drawnDigit(digit, size, at(20), random);
        expect(readingOfDigits(strokes)).toEqual({ kind: 'one' });
      }
  });

  it('finds a digit in a dotted one, and in a stroke with a tap beside it', () => {
    const dots = broken(drawnDigit(3, 150, at(140), randomFrom(4)), 0.5, 14);
    expect(dots.length).toBeGreaterThan(10);
    expect(readingOfDigits(dots).kind).toBe('one');
    expect(readingOfDigits([line([100, 50], [100, 250]), tap(180, 150)]).kind).toBe('one');
  });

  describe('several digits', () => {
    it.each([20, 35, 60, 130])('of %d units side by side are counted', (size) => {
      const random = randomFrom(size);
      for (const left of digits)
        for (const right of digits) {
          const strokes = [
            ...drawnDigit(left, size, at(60), random),
            ...drawnDigit(right, size * 0.8, at(60 + size * 1.2, 145), random),
          ];
          expect(readingOfDigits(strokes), `${left} ${right}`).toEqual({
            kind: 'several',
            characters: 2,
          });
        }
      const three = [1, 2, 3].flatMap((digit, k) =>
        drawnDigit(digit, size, at(40 + k * size), random),
      );
      expect(readingOfDigits(three)).toEqual({ kind: 'several', characters: 3 });
    });

    it('that are slanted so far that one begins above the other are two', () => {
      const slanted = [line([100, 50], [40, 200]), line([160, 50], [100, 200])];
      expect(readingOfDigits(slanted)).toEqual({ kind: 'several', characters: 2 });
    });
  });

  it.each<[string, Stroke[]]>([
    [
      'a 5 whose bar is a stroke of its own, and does not touch',
      [
        line([120, 60], [110, 120], [170, 130], [180, 180], [130, 210], [100, 200]),
        line([145, 55], [215, 50]),
      ],
    ],
    ['a 4 of two strokes', [line([120, 50], [80, 150], [200, 150]), line([170, 60], [170, 240])]],
    [
      'a 4 of three strokes, its sides far apart',
      [line([90, 50], [90, 150]), line([90, 150], [200, 150]), line([190, 50], [190, 240])],
    ],
    ['a 7 with a bar', [line([80, 50], [200, 50], [120, 240]), line([110, 140], [190, 140])]],
    [
      'a 1 with its flag and its foot apart',
      [line([140, 40], [140, 230]), line([90, 85], [128, 50]), line([100, 245], [180, 245])],
    ],
    [
      'an 8 of two rounds, one above the other',
      [
        line([140, 40], [110, 80], [140, 120], [170, 80], [140, 40]),
        line([140, 160], [105, 205], [140, 250], [175, 205], [140, 160]),
      ],
    ],
    [
      'a 0 with a stroke within it',
      [line([60, 30], [220, 30], [220, 250], [60, 250], [60, 30]), line([140, 80], [140, 200])],
    ],
    [
      'a dotted 0 that is open above and below',
      broken([line([100, 50], [100, 200]), line([160, 50], [160, 200])], 10, 20),
    ],
    ['a line and a dash', [line([60, 50], [60, 250]), line([140, 150], [220, 150])]],
    ['two dashes', [line([20, 140], [100, 140]), line([180, 140], [260, 140])]],
  ])('takes %s for one digit', (_, strokes) => {
    expect(readingOfDigits(strokes).kind).toBe('one');
  });

  it('takes digits whose lines are broken for one digit', () => {
    const random = randomFrom(9);
    for (const [drawn, gap] of [
      [5, 5],
      [10, 15],
      [30, 10],
      [40, 20],
    ] as const)
      for (const digit of digits) {
        const strokes = broken(drawnDigit(digit, 100, at(140), random), drawn, gap);
        expect(readingOfDigits(strokes).kind, `${digit} of ${drawn}, ${gap} apart`).toBe('one');
      }
  });

  it('is the same wherever and however large the digits were drawn', () => {
    const pair = [...drawnDigit(1, 90, at(60), () => 0), ...drawnDigit(0, 100, at(160), () => 0)];
    for (const scale of [0.2, 1, 3])
      for (const dx of [-150, 0, 77]) {
        const moved = pair.map((stroke) =>
          stroke.map(({ x, y }) => ({ x: x * scale + dx, y: y * scale - dx })),
        );
        expect(readingOfDigits(moved)).toEqual({ kind: 'several', characters: 2 });
      }
  });

  it('counts handwriting, MNIST’s digits as lines: each is one, and a pair is two', async () => {
    const { test } = await loadDataset('mnist', 0);
    const written = writtenDigits(test, 4);
    expect(written).toHaveLength(40);
    const random = randomFrom(6);
    const seen = { one: 0, pairs: 0 };
    written.forEach(({ strokes }, k) => {
      const [left, right] = [
        drawnAgain(strokes, 100, at(60), random),
        drawnAgain(written[(k + 1) % 40]!.strokes, 100, at(195), random),
      ];
      if (readingOfDigits(left).kind === 'one') seen.one++;
      if (readingOfDigits([...left, ...right]).kind === 'several') seen.pairs++;
    });
    expect(seen.one).toBe(40);
    // A digit that is wider than high, or lies, may come too near, or be too low, to be one of two.
    expect(seen.pairs).toBeGreaterThanOrEqual(38);
  }, 60_000);

  it('comes to an end with tens of thousands of points', () => {
    const scribble = Array.from({ length: 20_000 }, (_, k) => ({
      x: 140 + 100 * Math.cos(k * 0.013),
      y: 140 + 100 * Math.sin(k * 0.017),
    }));
    const taps = scribble.slice(0, 3_000).map((point) => [point]);
    expect(readingOfDigits([scribble, scribble, ...taps]).kind).toBe('one');
  });

  it('does not count the parts of anything else: a trouser, or い of two strokes', () => {
    const hiragana = [line([80, 60], [75, 200], [100, 220]), line([190, 70], [205, 190])];
    expect(readingOf(hiragana, true)).toEqual({ kind: 'several', characters: 2 });
    expect(readingOf(hiragana, false)).toEqual({ kind: 'one' });
    expect(readingOf([tap(140, 140)], false)).toEqual({ kind: 'too-little' });
  });
});

describe('symbolsOf', () => {
  const firstPoints = (strokes: readonly Stroke[]) =>
    strokes.map(([first]) => JSON.stringify(first)).toSorted();

  it('parts several digits from left to right, each with its own strokes, however they were drawn', () => {
    const random = randomFrom(9);
    for (const [left, middle, right] of [
      [4, 7, 5],
      [0, 4, 9],
      [8, 2, 4],
    ] as const) {
      const drawn = [at(60), at(180), at(300)].map((place, k) =>
        drawnDigit([left, middle, right][k]!, 90, place, random),
      );
      const [a, b, c] = drawn as [Stroke[], Stroke[], Stroke[]];
      const found = symbolsOf([...c, ...a, ...b], true);
      expect(found.map(firstPoints)).toEqual([a, b, c].map(firstPoints));
    }
  });

  it('gives a bar or a dot to the digit that it is nearest to', () => {
    const random = randomFrom(2);
    const [one, two] = [drawnDigit(1, 120, at(60), random), drawnDigit(3, 120, at(200), random)];
    const found = symbolsOf([...one, ...two, tap(85, 200)], true);
    expect(found.map(({ length }) => length)).toEqual([one.length + 1, two.length]);
  });

  it('finds as many as are counted, and loses no stroke', () => {
    const random = randomFrom(31);
    for (const left of digits)
      for (const right of digits)
        for (const away of [100, 60]) {
          const strokes = [
            ...drawnDigit(left, 80, at(60), random),
            ...drawnDigit(right, 80, at(60 + away), random),
          ];
          const reading = readingOfDigits(strokes);
          const found = symbolsOf(strokes, true);
          expect(found).toHaveLength(reading.kind === 'several' ? reading.characters : 1);
          expect(firstPoints(found.flat())).toEqual(firstPoints(strokes));
        }
  });

  it('leaves one drawing whole, and whatever is no row of characters', () => {
    const two = [
      ...drawnDigit(1, 80, at(60), randomFrom(1)),
      ...drawnDigit(2, 80, at(180), randomFrom(1)),
    ];
    expect(symbolsOf(two, false)).toHaveLength(1);
    expect(symbolsOf(drawnDigit(4, 120, at(140), randomFrom(1)), true)).toHaveLength(1);
  });
});
