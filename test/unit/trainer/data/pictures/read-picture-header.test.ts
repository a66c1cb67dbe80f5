import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeaderBeyondError } from '../../../../../main/trainer/data/pictures/header-bytes.ts';
import { uprightSize } from '../../../../../main/trainer/data/pictures/picture-header.ts';
import {
  readHeaderOfPieces,
  readPictureHeader,
} from '../../../../../main/trainer/data/pictures/read-picture-header.ts';
import { expectedPictures, pictureFile } from '../../../../support/pictures.ts';

const names = Object.keys(expectedPictures.pictures);
const isGrey = (name: string): boolean => /^(grey|palette-grey|two-colours)/.test(name);

async function* piecesOf(file: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += length) {
    yield await Promise.resolve(file.subarray(at, at + length));
  }
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A JPEG with so many bytes of colour profile and the like before its size. */
function jpegWithSegments(bytes: number): Buffer {
  const file = pictureFile('orientation-6.jpg');
  const segment = Buffer.alloc(2 + 65_535, 0xff);
  segment.writeUInt16BE(0xffe2, 0);
  segment.writeUInt16BE(65_535, 2);
  const count = Math.ceil(bytes / segment.length);
  const segments = Array.from({ length: count }, () => segment);
  return Buffer.concat([file.subarray(0, 2), ...segments, file.subarray(2)]);
}

/** A PNG of one chunk before its image data. */
function pngWithChunk(type: string, data: Buffer): Buffer {
  const file = pictureFile('colour-8.png');
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length);
  return Buffer.concat([file.subarray(0, 33), chunk, file.subarray(33)]);
}

describe('the header of a picture', () => {
  it('tells the size at which the picture is looked at, and whether it has colour', () => {
    for (const name of names) {
      const header = readPictureHeader(pictureFile(name));
      const { height, width } = expectedPictures.pictures[name]!;
      expect(uprightSize(header), name).toEqual({ height, width });
      expect(header.hasColour, name).toBe(!isGrey(name));
      expect(header.hasAlpha, name).toBe(/(-alpha|-transparent).*(png|bmp)$/.test(name));
      expect(header.isCmyk, name).toBe(name.startsWith('cmyk'));
    }
  });

  it('tells all eight orientations', () => {
    for (let k = 1; k <= 8; k++)
      expect(readPictureHeader(pictureFile(`orientation-${k}.jpg`)).orientation).toBe(k);
    expect(readPictureHeader(pictureFile('orientation-6.png')).orientation).toBe(6);
  });

  it('is read from the first piece that has it, and no piece more', async () => {
    for (const file of [jpegWithSegments(300_000), pngWithChunk('iCCP', Buffer.alloc(200_000))]) {
      let read = 0;
      const counted = async function* (): AsyncGenerator<Buffer> {
        for await (const piece of piecesOf(file, 65_536)) {
          read += piece.length;
          yield piece;
        }
      };
      expect(await readHeaderOfPieces(counted())).toEqual(readPictureHeader(file));
      expect(read).toBeLessThanOrEqual(Math.ceil(file.length / 65_536) * 65_536);
    }
    const small = pictureFile('colour-420.jpg');
    const padded = Buffer.concat([small, Buffer.alloc(1_000_000)]);
    let pieces = 0;
    const first = async function* (): AsyncGenerator<Buffer> {
      for await (const piece of piecesOf(padded, 65_536)) {
        pieces++;
        yield piece;
      }
    };
    await readHeaderOfPieces(first());
    expect(pieces).toBe(1);
  });

  it('is the same in pieces of any length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.integer({ min: 1, max: 400 }),
        async (name, length) => {
          const file = pictureFile(name);
          expect(await readHeaderOfPieces(piecesOf(file, length))).toEqual(readPictureHeader(file));
        },
      ),
    );
  });

  it('says how many bytes are needed, never more than it takes', () => {
    for (const name of names) {
      const file = pictureFile(name);
      const needed = [9];
      while (needed.length < 1000) {
        const length = needed[needed.length - 1]!;
        const error = thrownBy(() => readPictureHeader(file.subarray(0, length)));
        if (error === undefined) break;
        expect(error, name).toBeInstanceOf(HeaderBeyondError);
        needed.push((error as HeaderBeyondError).needed);
        expect(needed[needed.length - 1], name).toBeGreaterThan(length);
      }
      expect(needed[needed.length - 1], name).toBeLessThanOrEqual(file.length);
    }
  });

  it('is refused where it does not end', async () => {
    const zeros = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from([0xff, 0xd8, 0xff]);
      for (;;) yield await Promise.resolve(Buffer.alloc(1_000_000));
    };
    await expect(readHeaderOfPieces(zeros())).rejects.toThrow(
      'has no picture’s size in its first 16 MB',
    );
  });

  it('refuses what is no picture, and names it', () => {
    const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>';
    const files: [Buffer, string][] = [
      [Buffer.from('RIFF\x10\0\0\0WEBPVP8 '), 'is a WebP picture'],
      [Buffer.from('II*\0\x08\0\0\0'), 'is a TIFF picture'],
      [Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'), 'is a HEIC picture'],
      [Buffer.from('\0\0\0\x1cftypavif\0\0\0\0'), 'is an AVIF picture'],
      [Buffer.from('\0\0\0\x1cftypisom\0\0\0\0'), 'is a film (.mp4)'],
      [Buffer.from(svg), 'is an SVG drawing'],
      [Buffer.from('%PDF-1.7\n'), 'is a PDF document'],
      [Buffer.from('<html>'), 'is a web page'],
      [Buffer.from('Bär, label\n1,2\n'), 'is text'],
      [deflateSync('x'), 'is of no known format'],
    ];
    for (const [file, what] of files)
      expect(() => readPictureHeader(file)).toThrow(`${what}; PNG, JPEG, BMP and GIF are read`);
    const almost = Buffer.from('\x89PNG\n\x1a\n, whose line ends were changed', 'latin1');
    expect(() => readPictureHeader(almost)).toThrow(
      'is damaged: its first bytes are only almost those of a PNG picture',
    );
    expect(() => readPictureHeader(Buffer.alloc(0))).toThrow('is empty');
  });

  it('refuses the kinds of BMP and JPEG that are not read', () => {
    const changed = (name: string, at: number, value: number): Buffer => {
      const file = Buffer.from(pictureFile(name));
      file[at] = value;
      return file;
    };
    const bmp = (at: number, value: number): (() => unknown) => {
      const file = changed('colour-32-alpha.bmp', at, value);
      return () => readPictureHeader(file);
    };
    expect(bmp(28, 16)).toThrow('is a BMP of 16 bits a pixel; 1, 4, 8, 24 and 32 are read');
    expect(bmp(30, 1)).toThrow('is a compressed BMP; only uncompressed ones are read');
    expect(bmp(54, 1)).toThrow('is a BMP with channels in an order of its own, which is not read');
    const frame = pictureFile('grey.jpg').indexOf(Buffer.from([0xff, 0xc0]));
    const deep = changed('grey.jpg', frame + 4, 12);
    const twofold = changed('grey.jpg', frame + 9, 2);
    expect(() => readPictureHeader(deep)).toThrow('is a JPEG of 12 bits a sample; only 8 are read');
    expect(() => readPictureHeader(twofold)).toThrow(
      'is a JPEG of 2 components; 1, 3 and 4 are read',
    );
  });

  it('never throws but an error with a plain reason, whatever the bytes', () => {
    const begun = fc
      .tuple(fc.constantFrom(...names), fc.uint8Array({ maxLength: 200 }), fc.nat(64))
      .map(([name, bytes, at]) => Buffer.concat([pictureFile(name).subarray(0, at), bytes]));
    fc.assert(
      fc.property(begun, (file) => {
        try {
          const { width, height } = readPictureHeader(file);
          expect(width * height).toBeGreaterThan(0);
          expect(width * height).toBeLessThanOrEqual(100_000_000);
        } catch (error) {
          expect(String(error)).toMatch(/^(HeaderBeyond)?Error: (is|has) [^\n]+$/);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
