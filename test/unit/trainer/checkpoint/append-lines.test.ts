import { cpSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appendLines, type LinesFile } from '../../../../main/trainer/checkpoint/append-lines.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const file: LinesFile = { name: 'lines', isOurs: () => true, loss: 'the lines are lost' };
const isAnother = (): Promise<void> => Promise.reject(new Error('another folder'));

it('a new file is taken away again where the folder turns out to be another', async () => {
  const folder = temporaryFolder();
  await expect(appendLines(folder, file, ['one'], isAnother)).rejects.toThrow('another folder');
  expect(readdirSync(folder)).toEqual([]);
});

it('a copy that took the folder’s place keeps its copy of the new file', async () => {
  const folder = join(temporaryFolder(), 'run');
  cpSync(temporaryFolder(), folder, { recursive: true });
  const whileCopied = async (): Promise<void> => {
    renameSync(folder, `${folder}-away`);
    cpSync(`${folder}-away`, folder, { recursive: true });
    await isAnother();
  };
  await expect(appendLines(folder, file, ['one'], whileCopied)).rejects.toThrow('another folder');
  expect(readdirSync(folder)).toEqual([file.name]);
  expect(readFileSync(join(folder, file.name), 'utf8')).toBe('');
});
