import { describe, expect, it } from 'vitest';
import { handedOn, setupArgument } from '../../../main/setup-argument.ts';

describe('the set-up that the app is opened with', () => {
  it.each([
    [['/opt/firstlayer', '--setup', 'fl1:abc'], 'fl1:abc'],
    [['/opt/firstlayer', '--no-sandbox', '--setup=fl1:abc', '/else'], 'fl1:abc'],
    [['/opt/firstlayer', '--setup'], ''],
    [['/opt/firstlayer', '--setup='], ''],
    [['/opt/firstlayer', '--setups', 'fl1:abc'], null],
    [['/opt/firstlayer'], null],
  ])('is found among %j', (args, text) => {
    expect(setupArgument(args)).toBe(text);
  });

  it.each([
    [
      { setup: 'fl1:abc', folder: '/run' },
      { setup: 'fl1:abc', folder: '/run' },
    ],
    [
      { setup: null, folder: null },
      { setup: null, folder: null },
    ],
    [undefined, { setup: null, folder: null }],
    [
      { setup: 7, folder: '/run' },
      { setup: null, folder: null },
    ],
    ['fl1:abc', { setup: null, folder: null }],
  ])('is taken of what another start hands on, %j', (data, taken) => {
    expect(handedOn(data)).toEqual(taken);
  });
});
