import { describe, expect, it } from 'vitest';
import { handedOnSetup, setupArgument } from '../../../main/setup-argument.ts';

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
    [{ setup: 'fl1:abc' }, 'fl1:abc'],
    [{ setup: null }, null],
    [undefined, null],
    [{ setup: 7 }, null],
    ['fl1:abc', null],
  ])('is taken of what another start hands on, %j', (data, text) => {
    expect(handedOnSetup(data)).toBe(text);
  });
});
