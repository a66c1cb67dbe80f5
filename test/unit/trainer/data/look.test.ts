import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  lookingLike,
  turnedFrom,
  usualAppearance,
  type Appearance,
} from '../../../../shared/appearance.ts';
import { loadDataset } from '../../../support/datasets.ts';
import type { Examples } from '../../../../main/trainer/data/examples.ts';
import { lookAt, type Look, type LookedAt } from '../../../../main/trainer/data/look.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SIDE = 28;
const SIZE = SIDE * SIDE;
const square = { height: SIDE, width: SIDE };

let all: LookedAt;
beforeAll(async () => {
  const { train, validation, test } = await loadDataset('mnist', 0);
  all = { train, validation, test, ...common };
});

const common = {
  height: SIDE,
  width: SIDE,
  channels: 1 as const,
  classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
  folder: '/data',
  transpose: false,
  invert: false,
  fromOne: false,
};

const first = ({ images, labels }: Examples, count: number): Examples => ({
  images: Uint8Array.from(images.subarray(0, count * SIZE)),
  labels: Uint8Array.from(labels.subarray(0, count)),
  count,
});

/** The first of MNIST's images. */
const small = (train: number, test = 100): LookedAt => ({
  ...all,
  train: first(all.train, train),
  test: first(all.test, test),
});

type Change = (image: Uint8Array, label: number, n: number) => Uint8Array;

/** Every image changed, of training and of test. */
function changed(data: LookedAt, change: Change): LookedAt {
  const each = ({ images, labels, count }: Examples): Examples => {
    const result = new Uint8Array(images.length);
    for (let n = 0; n < count; n++)
      result.set(change(images.subarray(n * SIZE, (n + 1) * SIZE), labels[n]!, n), n * SIZE);
    return { images: result, labels, count };
  };
  return { ...data, train: each(data.train), test: each(data.test) };
}

const relabelled = (data: LookedAt, of: (label: number) => number): LookedAt => ({
  ...data,
  train: { ...data.train, labels: data.train.labels.map(of) },
});

const whats = ({ findings }: Look): string[] => findings.map(({ what }) => what);

describe('it is silent on', () => {
  it('MNIST', () => {
    expect(lookAt(all)).toEqual({ appearance: usualAppearance, findings: [] });
  });

  it.each([150, 400, 5_000])('%i of MNIST’s images', (count) => {
    expect(lookAt(small(count))).toEqual({ appearance: usualAppearance, findings: [] });
  });

  it('images of other things, light on dark', () => {
    // Each class is a few bars of its own, moved about: lit things on black, as Fashion-MNIST's are.
    const things = changed(small(2_000), (_, label, n) =>
      Uint8Array.from({ length: SIZE }, (__, k) => {
        const [y, x] = [Math.floor(k / SIDE) - 14 + (n % 3), (k % SIDE) - 14 - (n % 2)];
        const isLit =
          Math.abs(y) < 6 + (label % 5) &&
          Math.abs(x) < 4 + ((label * 7) % 9) &&
          (y * label) % 3 < 2;
        return isLit ? 100 + label * 12 : 0;
      }),
    );
    const look = lookAt({ ...things, test: { ...things.test, count: 0 } });
    expect(look).toEqual({ appearance: usualAppearance, findings: [] });
  });

  it('digits whose labels are another’s', () => {
    const look = lookAt(relabelled(small(3_000), (label) => (label * 3 + 4) % 10));
    expect(look.appearance).toEqual(usualAppearance);
  });
});

const everyWay = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bits) =>
  [false, true].map((inverted): Appearance => ({
    transposed: (bits & 4) > 0,
    mirrored: (bits & 2) > 0,
    flipped: (bits & 1) > 0,
    inverted,
  })),
);

describe('digits of every orientation and polarity are known:', () => {
  it.each(everyWay)('%j', (appearance) => {
    const turned = changed(small(300), (image) => lookingLike(image, square, appearance));
    const look = lookAt(turned);
    expect(look.appearance).toEqual(appearance);
    const { transposed, mirrored, flipped, inverted } = appearance;
    const isTurned = transposed || mirrored || flipped;
    expect(look.findings).toHaveLength(Number(isTurned) + Number(inverted));
    expect(whats(look).some((what) => what.startsWith('The digits'))).toBe(isTurned);
    expect(whats(look).some((what) => what.includes('dark ink on light'))).toBe(inverted);
  });

  it('and the setting that sets them right is named, or the one that made them so', () => {
    const way = { ...usualAppearance, transposed: true, inverted: true };
    const data = changed(small(300), (image) => lookingLike(image, square, way));
    const remedies = (look: Look): string => look.findings.map(({ remedy }) => remedy).join(' ');
    expect(remedies(lookAt(data))).toMatch(/with --invert .*with --transpose /);
    const made = remedies(lookAt({ ...data, transpose: true, invert: true }));
    expect(made).toMatch(/--no-invert.*--no-transpose/);
  });

  it('of other sizes too', () => {
    const halved = (examples: Examples): Examples => ({
      ...examples,
      images: Uint8Array.from({ length: examples.count * 196 }, (_, k) => {
        const [n, y, x] = [Math.floor(k / 196), Math.floor((k % 196) / 14), k % 14];
        return examples.images[n * SIZE + x * 2 * SIDE + y * 2]!;
      }),
    });
    const { train, test } = small(400);
    const look = lookAt({
      ...all,
      train: halved(train),
      test: halved(test),
      height: 14,
      width: 14,
    });
    expect(look.appearance).toEqual({ ...usualAppearance, transposed: true });
  });
});

it('a picture turned every way is another, and each is told from the corner that it begins with', () => {
  const corners = everyWay.map((way) => Array.from(turnedFrom(2, 3, way)).join());
  expect(new Set(corners).size).toBe(8);
  expect(Array.from(turnedFrom(2, 3, { ...usualAppearance, transposed: true }))).toEqual([
    0, 3, 1, 4, 2, 5,
  ]);
  expect(Array.from(turnedFrom(2, 3, { ...usualAppearance, mirrored: true }))).toEqual([
    2, 1, 0, 5, 4, 3,
  ]);
  expect(Array.from(turnedFrom(2, 3, { ...usualAppearance, flipped: true }))).toEqual([
    3, 4, 5, 0, 1, 2,
  ]);
});

describe('it tells of', () => {
  it('grey ink on paper that is not white, of any thing', () => {
    const data = changed(small(400), (_, label) =>
      Uint8Array.from({ length: SIZE }, (__, k) =>
        Math.abs((k % SIDE) - 14) < 3 + label ? 90 : 170,
      ),
    );
    const look = lookAt({ ...data, test: { ...data.test, count: 0 } });
    expect(look.appearance).toEqual({ ...usualAppearance, inverted: true });
    expect(whats(look)).toEqual([expect.stringContaining('dark ink on light paper')]);
  });

  it.each<[string, () => LookedAt, RegExp]>([
    ['labels of one class', () => relabelled(small(300), () => 7), /^All training labels are 7\.$/],
    [
      'classes without an image',
      () => relabelled(small(300), (label) => (label === 4 || label === 6 ? 5 : label)),
      /^There is no training image of the classes 4 and 6\.$/,
    ],
    [
      'very unequal classes',
      () => {
        const data = small(2_000);
        let kept = 0;
        return relabelled(data, (label) => (label === 3 && kept++ > 8 ? 5 : label));
      },
      /very unequal: \d+ training images of class 5, but 9 of class 3/,
    ],
    [
      'validation examples of few classes',
      () => ({ ...small(2_000), validation: onlyOf(all.train, [8, 9], 300) }),
      /no validation image of the classes 0, 1, 2, 3, 4, 5, 6 and 7/,
    ],
    [
      'constant images',
      () =>
        changed(small(400), (image, _, n) =>
          n % 20 === 0 ? new Uint8Array(SIZE).fill(33) : image,
        ),
      /^5\.0 % of the training images are of one brightness all over/,
    ],
    [
      'one image again and again',
      () => changed(small(400, 0), () => all.train.images.subarray(0, SIZE)),
      /^All training images are the same image/,
    ],
    [
      'faint images',
      () => changed(small(400), (image) => image.map((pixel) => (pixel > 127 ? 1 : 0))),
      /very faint: their brightest pixel is 1 of 255/,
    ],
    [
      'test images that are trained on',
      () => ({ ...small(400), test: { ...small(400).test, images: mixed() } }),
      /^30 % of the test images are in the training files too/,
    ],
    [
      'test images that validate',
      () => ({ ...small(400), validation: first(all.test, 50), test: first(all.test, 100) }),
      /^50 % of the test images are in the training files too/,
    ],
    [
      'the digit 0 called 10',
      () => ({ ...relabelled(small(2_000), (label) => (label + 9) % 10), fromOne: true }),
      /labelled 10 look like the digit 0/,
    ],
  ])('%s, in a line with what to do', (_, make, what) => {
    const { findings } = lookAt(make());
    expect(findings).toEqual([
      {
        what: expect.stringMatching(what) as string,
        where: '/data',
        remedy: expect.stringMatching(/\.$/) as string,
      },
    ]);
  });
});

/** The first test images, every third of the first ninety from the training images. */
function mixed(): Uint8Array {
  const { images } = small(400).test;
  for (let n = 0; n < 90; n += 3)
    images.set(all.train.images.subarray(n * SIZE, (n + 1) * SIZE), n * SIZE);
  return images;
}

/** The first so many of some classes. */
function onlyOf({ images, labels }: Examples, of: readonly number[], count: number): Examples {
  const indices = Array.from(labels.keys())
    .filter((n) => of.includes(labels[n]!))
    .slice(0, count);
  const chosen = new Uint8Array(count * SIZE);
  indices.forEach((n, k) => {
    chosen.set(images.subarray(n * SIZE, (n + 1) * SIZE), k * SIZE);
  });
  return { images: chosen, labels: Uint8Array.from(indices, (n) => labels[n]!), count };
}
