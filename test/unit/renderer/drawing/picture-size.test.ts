import { describe, expect, it } from 'vitest';
import { pictureHead } from '../../../../renderer/drawing/picture-size.ts';
import { expectedPictures, pictureFile } from '../../../support/pictures.ts';

const bytesOf = (file: Uint8Array): ArrayBuffer => new Uint8Array(file).buffer;

describe('the size in a picture file’s header', () => {
  const upright = Object.entries(expectedPictures.pictures).filter(
    ([name]) => !name.startsWith('orientation'),
  );

  it.each(upright)('of %s is that of its pixels', (name, { height, width }) => {
    expect(pictureHead(bytesOf(pictureFile(name)))).toMatchObject({ height, width });
  });

  it('is not looked for in a file of another kind, or in one that is cut off', () => {
    expect(pictureHead(bytesOf(Buffer.from('no picture at all')))).toBeNull();
    expect(pictureHead(bytesOf(Buffer.alloc(0)))).toBeNull();
    for (const [name] of upright)
      expect(pictureHead(bytesOf(pictureFile(name).subarray(0, 8)))).toBeNull();
  });
});
