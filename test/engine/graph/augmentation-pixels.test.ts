import { beforeAll, describe, expect, it } from 'vitest';
import type { Augmentation } from '../../../shared/augmentation.ts';
import { loadDataset } from '../../support/datasets.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { UNDIVIDED } from '../../../main/trainer/graph/layout.ts';
import { augmented, copies } from '../../support/augmented.ts';
import { nothingAugmented as none } from '../../support/nothing-augmented.ts';
import {
  areSame,
  colour,
  flattened,
  grey,
  HEIGHT,
  lightOf,
  lit,
  meansOf,
  mirrored,
  shifted,
  squareIn,
  WIDTH,
  type Shape,
} from '../../support/plain-augmentation.ts';

/** Flip, crop, light and cut-out, each undone by finding what was drawn. */

const shapes = [
  { name: 'grey', shape: grey },
  { name: 'colour', shape: colour },
];

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadDataset('mnist', 5000);
});

/** The middle rows of real digits; of colour, three digits over one another, so that no two channels are alike. */
function pictures(count: number, { channels }: Shape): Uint8Array {
  const all = new Uint8Array(count * HEIGHT * WIDTH * channels);
  for (let at = 0; at < all.length; at++) {
    const channel = at % channels;
    const pixel = Math.floor(at / channels) % (HEIGHT * WIDTH);
    const digit = Math.floor(at / (HEIGHT * WIDTH * channels)) * channels + channel;
    all[at] = mnist.train.images[digit * 784 + 4 * WIDTH + pixel]!;
  }
  return all;
}

/** Drawn evenly between −most and most. */
function expectEven(drawn: readonly number[], most: number): void {
  const [least, greatest] = [Math.min(...drawn), Math.max(...drawn)];
  expect(least).toBeGreaterThan(-most * 1.0001);
  expect(least).toBeLessThan(-most * 0.9);
  expect(greatest).toBeLessThan(most * 1.0001);
  expect(greatest).toBeGreaterThan(most * 0.9);
  const mean = drawn.reduce((a, b) => a + b) / drawn.length;
  expect(Math.abs(mean) / most).toBeLessThan(0.2);
}

describe.each(shapes)('of $name pictures', ({ shape }) => {
  it('flip mirrors every picture or leaves it, about half of them', async () => {
    const images = pictures(200, shape);
    const before = await augmented(null, images, shape);
    const after = await augmented({ ...none, flip: true }, images, shape);
    const isMirrored = after.map((pixels, k) => {
      const isSame = areSame(pixels, before[k]!);
      const isMirror = areSame(pixels, mirrored(before[k]!, shape));
      expect([isSame, isMirror].filter(Boolean), `picture ${k}`).toHaveLength(1);
      return isMirror;
    });
    // Of 200 draws, 100 ± 4.2 deviations.
    expect(Math.abs(isMirrored.filter(Boolean).length - 100)).toBeLessThan(30);
  });

  it('crop moves by whole pixels with black coming in, and every shift occurs', async () => {
    const images = copies(pictures(1, shape), 500);
    const [before] = await augmented(null, copies(pictures(1, shape), 1), shape);
    const shifts = Array.from({ length: 25 }, (_, k) => [Math.floor(k / 5) - 2, (k % 5) - 2]);
    const candidates = shifts.map(([down, right]) => shifted(before!, shape, down!, right!));
    const counts = candidates.map(() => 0);
    for (const pixels of await augmented({ ...none, crop: 2 }, images, shape)) {
      const found = candidates.flatMap((each, k) => (areSame(pixels, each) ? [k] : []));
      expect(found).toHaveLength(1);
      counts[found[0]!]!++;
    }
    // Each 20 times of 500, ± 4.4 deviations.
    expect(Math.min(...counts)).toBeGreaterThan(1);
    expect(Math.max(...counts)).toBeLessThan(40);
  });

  it('flip and crop go together, in one of the ways that both allow', async () => {
    const images = pictures(40, shape);
    const before = await augmented(null, images, shape);
    const after = await augmented({ ...none, flip: true, crop: 3 }, images, shape);
    const found = after.map((pixels, k) => {
      const ways = [before[k]!, mirrored(before[k]!, shape)].flatMap((each) =>
        Array.from({ length: 49 }, (_, way) =>
          shifted(each, shape, Math.floor(way / 7) - 3, (way % 7) - 3),
        ),
      );
      return ways.findIndex((way) => areSame(pixels, way));
    });
    expect(found).not.toContain(-1);
    expect(new Set(found).size).toBeGreaterThan(25);
  });

  it('crop wider than the picture leaves nothing or a part, and fails nowhere', async () => {
    const images = copies(new Uint8Array(pictures(1, shape).length).fill(255), 60);
    const after = await augmented({ ...none, crop: 64 }, images, shape);
    const shares = after.map((pixels) => pixels.reduce((a, b) => a + b) / pixels.length);
    expect(Math.min(...shares)).toBe(0);
    expect(Math.max(...shares)).toBeGreaterThan(0.05);
  });

  it('brightness adds the same to every pixel, within its share and evenly', async () => {
    const images = flattened(pictures(200, shape));
    const before = await augmented(null, images, shape);
    const after = await augmented({ ...none, brightness: 0.3 }, images, shape);
    const added = after.map((pixels, k) => {
      const { more } = lightOf(before[k]!, pixels, shape);
      expect(areSame(pixels, lit(before[k]!, shape, { more, factor: 1 }), 1e-6)).toBe(true);
      return more;
    });
    expectEven(added, 0.3);
  });

  it('contrast stretches every channel about its mean by one factor, within its share and evenly', async () => {
    const images = flattened(pictures(200, shape));
    const before = await augmented(null, images, shape);
    const after = await augmented({ ...none, contrast: 0.4 }, images, shape);
    const factors = after.map((pixels, k) => {
      const { factor } = lightOf(before[k]!, pixels, shape);
      expect(areSame(pixels, lit(before[k]!, shape, { more: 0, factor }), 1e-6)).toBe(true);
      return factor - 1;
    });
    expectEven(factors, 0.4);
  });

  it('brightness and contrast together are cut off at black and white', async () => {
    const images = pictures(60, shape);
    const flat = flattened(images);
    const [before, beforeFlat] = [
      await augmented(null, images, shape),
      await augmented(null, flat, shape),
    ];
    // What is drawn does not depend on the picture, nor on what else is done.
    const [brighter, stretched] = [
      await augmented({ ...none, brightness: 0.35 }, flat, shape),
      await augmented({ ...none, contrast: 0.9 }, flat, shape),
    ];
    const after = await augmented({ ...none, brightness: 0.35, contrast: 0.9 }, images, shape);
    for (const [k, pixels] of after.entries()) {
      const { more } = lightOf(beforeFlat[k]!, brighter[k]!, shape);
      const { factor } = lightOf(beforeFlat[k]!, stretched[k]!, shape);
      expect(areSame(pixels, lit(before[k]!, shape, { more, factor }), 1e-5)).toBe(true);
    }
    const values = after.flatMap((pixels) => [...pixels]);
    expect(values.filter((value) => value === 0 || value === 1).length).toBeGreaterThan(1000);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it.each([7, 8])(
    'cut-out of %d covers a square with the mean, clipped at the border',
    async (side) => {
      const images = pictures(100, shape);
      const before = await augmented(null, images, shape);
      const after = await augmented({ ...none, cutOut: side }, images, shape);
      const places = after.map((pixels, k) => {
        const found = squareIn(before[k]!, pixels, shape);
        const [top, left] = [found.bottom - side + 1, found.right - side + 1];
        // At the border the square's other side tells where it lies.
        const row = found.top > 0 ? found.top : top;
        const column = found.left > 0 ? found.left : left;
        const means = meansOf(before[k]!, shape);
        const expected = before[k]!.map((value, at) => {
          const place = Math.floor(at / shape.channels);
          const [r, c] = [Math.floor(place / WIDTH), place % WIDTH];
          const isCovered = r >= row && r < row + side && c >= column && c < column + side;
          return isCovered ? means[at % shape.channels]! : value;
        });
        expect(areSame(pixels, expected, 1e-6), `picture ${k}`).toBe(true);
        return [row + Math.floor(side / 2), column + Math.floor(side / 2)] as const;
      });
      const [rows, columns] = [places.map(([row]) => row), places.map(([, column]) => column)];
      expect([Math.min(...rows), Math.min(...columns)].every((least) => least >= 0)).toBe(true);
      expect(Math.max(...rows)).toBeLessThan(HEIGHT);
      expect(Math.max(...columns)).toBeLessThan(WIDTH);
      // Every row's chance of not being the middle of any is 0.6 %.
      expect(new Set(rows).size).toBeGreaterThan(HEIGHT * 0.8);
      expect(new Set(columns).size).toBeGreaterThan(WIDTH * 0.8);
    },
  );

  it('cut-out of all leaves the mean', async () => {
    const images = pictures(3, shape);
    const before = await augmented(null, images, shape);
    const after = await augmented({ ...none, cutOut: 512 }, images, shape);
    for (const [k, pixels] of after.entries()) {
      const means = meansOf(before[k]!, shape);
      const expected = pixels.map((_, at) => means[at % shape.channels]!);
      expect(areSame(pixels, expected, 1e-6)).toBe(true);
    }
  });
});

const kinds: [string, Augmentation][] = [
  ['flip', { ...none, flip: true }],
  ['crop', { ...none, crop: 4 }],
  ['brightness', { ...none, brightness: 0.3 }],
  ['contrast', { ...none, contrast: 0.3 }],
  ['cut-out', { ...none, cutOut: 6 }],
];

describe.each(kinds)('%s', (_, augmentation) => {
  it('is a function of seed and step, another for every image, in any number of shards', async () => {
    const images = copies(pictures(1, colour), 13);
    const at = { step: 5, seed: 3 };
    const one = await augmented(augmentation, images, colour, at);
    expect(await augmented(augmentation, images, colour, at)).toEqual(one);
    expect(await augmented(augmentation, images, colour, { ...at, step: 6 })).not.toEqual(one);
    expect(await augmented(augmentation, images, colour, { ...at, seed: 4 })).not.toEqual(one);
    expect(one.some((pixels) => !areSame(pixels, one[0]!))).toBe(true);
    const undivided = { ...at, layout: UNDIVIDED };
    expect(await augmented(augmentation, images, colour, undivided)).toEqual(one);
  });
});

it('what bends images draws the same, whatever else is done', async () => {
  const bent = { ...none, shift: 2, rotate: 15, elastic: { strength: 1, smoothness: 4 } };
  const images = pictures(20, colour);
  const turned = images.slice();
  for (let at = 0; at < images.length; at++) {
    const place = Math.floor(at / 3);
    const from = place - (place % WIDTH) + WIDTH - 1 - (place % WIDTH);
    turned[at] = images[from * 3 + (at % 3)]!;
  }
  const [upright, other] = [
    await augmented(bent, images, colour),
    await augmented(bent, turned, colour),
  ];
  const after = await augmented({ ...bent, flip: true }, images, colour);
  const isFlipped = after.map((pixels, k) => {
    const [same, flipped] = [areSame(pixels, upright[k]!), areSame(pixels, other[k]!)];
    expect([same, flipped].filter(Boolean), `picture ${k}`).toHaveLength(1);
    return flipped;
  });
  expect(new Set(isFlipped).size).toBe(2);
});
