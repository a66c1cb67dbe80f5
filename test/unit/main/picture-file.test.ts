import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { savePicture } from '../../../main/picture-file.ts';
import { pictureFileSchema, type PictureFile } from '../../../shared/picture-file.ts';
import { temporaryFolder } from '../../support/folders.ts';

const picture: PictureFile = {
  name: 'network',
  format: 'svg',
  bytes: new TextEncoder().encode('<svg/>'),
};

it('is written where the person chose, under the name that was proposed', async () => {
  const folder = temporaryFolder();
  const path = await savePicture(picture, (name) => Promise.resolve(join(folder, name)));
  expect(path).toBe(join(folder, 'network.svg'));
  expect(readFileSync(join(folder, 'network.svg'), 'utf8')).toBe('<svg/>');
});

it('is not written where they cancelled, and said where it cannot be', async () => {
  expect(await savePicture(picture, () => Promise.resolve(null))).toBeNull();
  const nowhere = join(temporaryFolder(), 'none', 'network.svg');
  await expect(savePicture(picture, () => Promise.resolve(nowhere))).rejects.toMatchObject({
    failure: { where: nowhere, what: expect.stringContaining('could not be saved') as string },
  });
});

it.each([
  ['a path for a name', { ...picture, name: '../network' }],
  ['another format', { ...picture, format: 'exe' }],
  ['no bytes', { ...picture, bytes: 'text' }],
  ['bytes of another format', { ...picture, format: 'gif' }],
  ['no content', { ...picture, bytes: new Uint8Array() }],
])('is refused with %s', (_, wrong) => {
  expect(v.is(pictureFileSchema, wrong)).toBe(false);
});

it('may be an animated one', () => {
  const gif = { name: 'film', format: 'gif', bytes: new TextEncoder().encode('GIF89a…') };
  expect(v.is(pictureFileSchema, gif)).toBe(true);
});
