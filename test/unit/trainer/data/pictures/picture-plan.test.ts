import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeExamplePixels } from '../../../../../main/trainer/data/pictures/example-pixels.ts';
import type { Orientation } from '../../../../../main/trainer/data/pictures/orientation.ts';
import type { PictureForm } from '../../../../../main/trainer/data/pictures/picture-form.ts';
import {
  uprightSize,
  type PictureHeader,
} from '../../../../../main/trainer/data/pictures/picture-header.ts';
import { planPicture } from '../../../../../main/trainer/data/pictures/picture-plan.ts';

const side = fc.integer({ min: 1, max: 40 });
const orientations: Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const headers = fc
  .record({ width: side, height: side, orientation: fc.constantFrom(...orientations) })
  .map((size): PictureHeader => ({
    ...size,
    format: 'JPEG',
    hasColour: false,
    hasAlpha: false,
    isCmyk: false,
  }));
const forms = fc
  .record({ width: side, height: side, fit: fc.constantFrom('pad', 'crop', 'stretch') })
  .map((form): PictureForm => ({ ...form, channels: 1, background: [0, 0, 0] }));

describe('what is taken of a picture', () => {
  it('lies within it, and comes to stand within the example', () => {
    fc.assert(
      fc.property(headers, forms, (header, form) => {
        const { region, size, place } = planPicture(header, form);
        for (const length of [region.width, region.height, size.width, size.height])
          expect(length).toBeGreaterThan(0);
        for (const from of [region.left, region.top, place.left, place.top])
          expect(from).toBeGreaterThanOrEqual(0);
        expect(region.left + region.width).toBeLessThanOrEqual(header.width);
        expect(region.top + region.height).toBeLessThanOrEqual(header.height);
        expect(place.left + place.width).toBeLessThanOrEqual(form.width);
        expect(place.top + place.height).toBeLessThanOrEqual(form.height);
        expect(size.width * size.height).toBe(place.width * place.height);
      }),
    );
  });

  it('is all of it unless it is cropped, and fills the example unless it is padded', () => {
    fc.assert(
      fc.property(headers, forms, (header, form) => {
        const { region, place } = planPicture(header, form);
        const { width, height } = header;
        const { width: columns, height: rows } = uprightSize(header);
        if (form.fit !== 'crop') expect(region).toEqual({ left: 0, top: 0, width, height });
        else
          expect(
            region.width === width || region.height === height,
            'a crop reaches two edges',
          ).toBe(true);
        if (form.fit !== 'pad')
          expect(place).toEqual({ left: 0, top: 0, width: form.width, height: form.height });
        else expect(place.width === form.width || place.height === form.height).toBe(true);
        if (columns === form.width && rows === form.height)
          expect(region).toEqual({ left: 0, top: 0, width, height });
      }),
    );
  });
});

describe('an example of stored pixels', () => {
  it('is upright: stored as any orientation has it, a picture is the same', () => {
    // The letters of an upright picture, and how each orientation stores them.
    const stored: Record<Orientation, string[]> = {
      1: ['abc', 'def'],
      2: ['cba', 'fed'],
      3: ['fed', 'cba'],
      4: ['def', 'abc'],
      5: ['ad', 'be', 'cf'],
      6: ['cf', 'be', 'ad'],
      7: ['fc', 'eb', 'da'],
      8: ['da', 'eb', 'fc'],
    };
    const form: PictureForm = {
      height: 2,
      width: 3,
      channels: 1,
      fit: 'stretch',
      background: [0, 0, 0],
    };
    for (const orientation of orientations) {
      const rows = stored[orientation];
      const header: PictureHeader = {
        format: 'JPEG',
        width: rows[0]!.length,
        height: rows.length,
        orientation,
        hasColour: false,
        hasAlpha: false,
        isCmyk: false,
      };
      const values = Buffer.from(rows.join(''));
      const plan = planPicture(header, form);
      const example = makeExamplePixels({ values, channels: 1 }, plan, orientation, form);
      expect(Buffer.from(example).toString(), String(orientation)).toBe('abcdef');
    }
  });

  it('has the background around a padded picture, in grey its luma', () => {
    const form: PictureForm = {
      height: 3,
      width: 3,
      channels: 1,
      fit: 'pad',
      background: [255, 0, 0],
    };
    const header: PictureHeader = {
      format: 'PNG',
      width: 3,
      height: 1,
      orientation: 1,
      hasColour: true,
      hasAlpha: false,
      isCmyk: false,
    };
    const values = [9, 9, 9, 0, 255, 0, 0, 0, 255];
    const plan = planPicture(header, form);
    const example = makeExamplePixels({ values, channels: 3 }, plan, 1, form);
    expect([...example]).toEqual([76, 76, 76, 9, 150, 29, 76, 76, 76]);
  });
});
