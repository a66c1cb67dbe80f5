import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lumaOf } from '../../../shared/picture-fit.ts';
import type { PictureForm } from '../../../main/trainer/data/pictures/picture-form.ts';
import { decodePicture } from '../../../main/trainer/tensorflow/picture-decoder.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';
import { expectedPictures, pictureFile } from '../../support/pictures.ts';

const { background, pictures, resized } = expectedPictures;
const decode = decodePicture;

const formOf = (
  { height, width }: { height: number; width: number },
  more: Partial<PictureForm> = {},
): PictureForm => ({ height, width, channels: 3, fit: 'stretch', background, ...more });

const lumaOfAll = (rgb: Buffer): Uint8Array =>
  Uint8Array.from({ length: rgb.length / 3 }, (_, k) =>
    lumaOf(rgb[3 * k]!, rgb[3 * k + 1]!, rgb[3 * k + 2]!),
  );

/** By how much two pictures differ where they differ most. */
function furthestApart(ours: Uint8Array, others: Uint8Array): number {
  expect(ours).toHaveLength(others.length);
  return ours.reduce((most, value, k) => Math.max(most, Math.abs(value - others[k]!)), 0);
}

/** Both multiply inks by black; TensorFlow cuts the product off, Pillow rounds it. */
const toleranceOf = (name: string): number => (name.startsWith('cmyk') ? 1 : 0);

describe('a picture that has the form’s size', () => {
  for (const [name, { rgb, luma, ...size }] of Object.entries(pictures)) {
    const colours = Buffer.from(rgb, 'base64');

    it(`${name} has the pixels that Pillow decodes`, () => {
      for (const fit of ['stretch', 'crop', 'pad'] as const) {
        const bytes = decode(pictureFile(name), formOf(size, { fit }));
        expect(furthestApart(bytes, colours)).toBeLessThanOrEqual(toleranceOf(name));
      }
    });

    it(`${name} in grey has their luma`, () => {
      const grey = luma === undefined ? lumaOfAll(colours) : Buffer.from(luma, 'base64');
      const bytes = decode(pictureFile(name), formOf(size, { channels: 1 }));
      expect(furthestApart(bytes, grey)).toBeLessThanOrEqual(toleranceOf(name));
    });
  }
});

describe('a turned picture', () => {
  for (let k = 1; k <= 8; k++)
    it(`of orientation ${k} is cropped to the middle as it is looked at`, () => {
      const name = `orientation-${k}.jpg`;
      const { rgb, width, height } = pictures[name]!;
      const pixels = Buffer.from(rgb, 'base64');
      const [left, top] = [Math.floor((width - 13) / 2), Math.floor((height - 13) / 2)];
      const rows = Array.from({ length: 13 }, (_, y) =>
        pixels.subarray(3 * ((top + y) * width + left), 3 * ((top + y) * width + left + 13)),
      );
      const bytes = decode(pictureFile(name), formOf({ height: 13, width: 13 }, { fit: 'crop' }));
      expect(furthestApart(bytes, Buffer.concat(rows))).toBe(0);
    });
});

/** Pillow rounds to bytes between columns and rows, here that is done only where alpha is; so results differ by one, seldom two. */
const TOLERANCE = 1;
/** A JPEG decoded at a fraction is averaged over blocks before it is over the pixels of the result. */
const FRACTION_TOLERANCE = 3;

describe('a picture of another size', () => {
  for (const { name, rgb, ...form } of resized) {
    const tolerance = name === 'large.jpg' ? FRACTION_TOLERANCE : TOLERANCE;

    it(`${name}, ${form.fit} to ${form.width}×${form.height}, is within ${tolerance} of Pillow’s`, () => {
      const pillow = Buffer.from(rgb, 'base64');
      const ours = decode(pictureFile(name), formOf(form, { fit: form.fit }));
      expect(furthestApart(ours, pillow)).toBeLessThanOrEqual(tolerance);
    });
  }
});

/** What is said of a file that is not decoded; undefined where it is. */
function refusalOf(file: Buffer, form = formOf({ height: 8, width: 8 })): string | undefined {
  try {
    expect(decode(file, form)).toHaveLength(form.height * form.width * form.channels);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

/** The rest of a sentence about the file, in words of its own and none of a program's. */
const PLAIN = /^(?!.*(TF_|Invalid|Message|undefined|NaN|::|range))(is|has) [^\n]{4,110}$/;

/** A JPEG's header alone; `width` and `height` as it tells them. */
function jpegTelling(width: number, height: number): Buffer {
  const file = Buffer.from(pictureFile('colour-420.jpg'));
  const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
  file.writeUInt16BE(height, frame + 5);
  file.writeUInt16BE(width, frame + 7);
  return file;
}

describe('a file that is refused', () => {
  it('has too many pixels, and none of them is decoded', () => {
    const png = Buffer.from(pictureFile('colour-8.png'));
    png.writeUInt32BE(20_000, 16);
    png.writeUInt32BE(10_000, 20);
    const many = 'is 20000×10000 = 200 megapixels; the most taken is 100';
    expect(refusalOf(png)).toBe(many);
    expect(refusalOf(jpegTelling(20_000, 10_000))).toBe(many);
    png.writeUInt32BE(70_000, 16);
    png.writeUInt32BE(3, 20);
    expect(refusalOf(png)).toBe('is 70000×3; the longest side taken is 65535');
  });

  it('is empty, text, or of another format, which is named', () => {
    const html = Buffer.from('<!doctype html><p>404</p>');
    expect(refusalOf(Buffer.alloc(0))).toBe('is empty');
    expect(refusalOf(Buffer.from('hello, world\n'))).toBe(
      'is text; PNG, JPEG, BMP and GIF are read',
    );
    expect(refusalOf(html)).toBe('is a web page; PNG, JPEG, BMP and GIF are read');
  });

  it('is a JPEG without height, or of scans without end', () => {
    expect(refusalOf(jpegTelling(20, 0))).toBe('has no width or no height');
    const scans = Buffer.alloc(2 * 30, Buffer.from([0xff, 0xda]));
    const large = jpegTelling(10_000, 10_000);
    const many = Buffer.concat([large.subarray(0, -2), scans]);
    expect(refusalOf(many)).toBe('is a JPEG of 31 scans, too many for its 10000×10000 pixels');
  });

  it('is cut off anywhere; nothing is decoded but what lies before the cut', () => {
    for (const name of Object.keys(pictures)) {
      const file = pictureFile(name);
      const form = formOf({ height: 8, width: 8 });
      for (let length = 1; length < file.length - 20; length += 10) {
        const part = file.subarray(0, length);
        const refusal = refusalOf(part, form);
        if (refusal === undefined) expect(decode(part, form), name).toEqual(decode(file, form));
        else expect(refusal, name).toMatch(PLAIN);
      }
    }
  });
});

describe('a damaged file', () => {
  it('is decoded, the same each time, or has a plain reason; whichever bytes are changed', () => {
    const names = fc.constantFrom(...Object.keys(pictures));
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    const before = tensorFlow().memory();
    fc.assert(
      fc.property(names, changes, fc.constantFrom(1, 3), (name, places, channels) => {
        const file = Buffer.from(pictureFile(name));
        // Half of the changes are where the headers are.
        for (const [k, [place, value]] of places.entries())
          file[place % (k % 2 === 0 ? Math.min(64, file.length) : file.length)] = value;
        const form = formOf({ height: 9, width: 8 }, { channels });
        const refusal = refusalOf(file, form);
        if (refusal === undefined) expect(decode(file, form)).toEqual(decode(file, form));
        else expect(refusal).toMatch(PLAIN);
      }),
      { numRuns: 1500 },
    );
    expect(tensorFlow().memory().numTensors).toBe(before.numTensors);
  });
});

describe('memory', () => {
  it('has no tensor more after pictures and refusals', () => {
    const before = tensorFlow().memory();
    for (const [name, size] of Object.entries(pictures)) {
      const file = pictureFile(name);
      decode(file, formOf(size));
      decode(file, formOf({ height: 9, width: 8 }, { fit: 'crop' }));
      expect(() => decode(file.subarray(0, file.length / 2), formOf(size))).toThrow();
    }
    const { numTensors, numDataBuffers } = tensorFlow().memory();
    expect({ numTensors, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
  });
});
