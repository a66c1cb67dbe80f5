import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PictureForm } from '../../main/trainer/data/pictures/picture-form.ts';

const folder = new URL('../fixtures/pictures/', import.meta.url);

/** A picture file that test/fixtures/pictures/make.py made. */
export const pictureFile = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(name, folder)));

interface Expected {
  background: [number, number, number];
  /** Base64 of the bytes; luma only where it is not that of `rgb`. */
  pictures: Record<string, { height: number; width: number; rgb: string; luma?: string }>;
  resized: {
    name: string;
    height: number;
    width: number;
    fit: PictureForm['fit'];
    rgb: string;
  }[];
}

/** What Pillow makes of them. */
export const expectedPictures = JSON.parse(pictureFile('expected.json').toString()) as Expected;
