import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { givenSetup, handedOnSetup, setupOf } from '../../../main/setup-argument.ts';
import { presets } from '../../../shared/presets.ts';
import { setupString } from '../../../shared/setup-string.ts';
import { temporaryFolder } from '../../support/folders.ts';

const lenet = presets['lenet-5']!();
const none = { setup: null, file: null };

describe('the set-up that the app is opened with', () => {
  it.each([
    [['/opt/firstlayer', '--setup', 'fl1:abc'], 'fl1:abc'],
    [['/opt/firstlayer', '--no-sandbox', '--setup=fl1:abc', '/else'], 'fl1:abc'],
    [['/opt/firstlayer', '--setup'], ''],
    [['/opt/firstlayer', '--setup='], ''],
    [['/opt/firstlayer', '--setups', 'fl1:abc'], null],
    [['/opt/firstlayer'], null],
  ])('is found among %j', (args, setup) => {
    expect(givenSetup(args, '/home')).toEqual({ setup, file: null });
  });

  it('is found in a file whose path begins where the app was started', () => {
    const file = resolve('/home/mine', 'a lesson.firstlayer');
    expect(givenSetup(['/opt/firstlayer', 'a lesson.firstlayer'], '/home/mine')).toEqual({
      setup: null,
      file,
    });
    expect(givenSetup(['/opt/firstlayer', '--of=a.firstlayer'], '/home/mine')).toEqual(none);
  });

  it.each([
    [
      { setup: 'fl1:abc', file: null },
      { setup: 'fl1:abc', file: null },
    ],
    [
      { setup: null, file: '/a.firstlayer' },
      { setup: null, file: '/a.firstlayer' },
    ],
    [undefined, none],
    [{ setup: 7, file: null }, none],
    ['fl1:abc', none],
  ])('is taken of what another start hands on, %j', (data, given) => {
    expect(handedOnSetup(data)).toEqual(given);
  });

  it('is what was given, or what the file holds, unless that is too long or none', async () => {
    const file = join(temporaryFolder(), 'a.firstlayer');
    const text = setupString(lenet, ['network']);
    const setup = { config: lenet, hidden: ['network'], needsData: false };
    writeFileSync(file, `${text}\n`);
    expect(await setupOf({ setup: null, file })).toEqual(setup);
    expect(await setupOf({ setup: text, file: null })).toEqual(setup);
    expect(await setupOf(none)).toBeNull();
    writeFileSync(file, 'x'.repeat(400_000));
    await expect(setupOf({ setup: null, file })).rejects.toThrow(/400000 bytes/);
    writeFileSync(file, text.slice(0, -3));
    const refused = setupOf({ setup: null, file });
    await expect(refused).rejects.toMatchObject({ failure: { where: file } });
  });
});
