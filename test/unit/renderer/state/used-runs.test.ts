import { expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { UsedRuns } from '../../../../renderer/state/used-runs.svelte.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const listed = (...paths: string[]) => paths.map((path) => ({ path, run: null }));
const notListed = { what: 'This folder is not on the list of runs.', where: '/first', remedy: '' };
const gone = { what: 'It is gone.', where: '/first', remedy: '' };

function usedRuns() {
  const bridge = new AnsweringBridge();
  const api = new Api(bridge);
  return { bridge, used: new UsedRuns(api, new Notices(api)) };
}
const failuresOf = (used: UsedRuns) => used.runs.map(({ path, failure }) => [path, failure?.what]);

it('a run that is taken off the list while it is looked at, and put back, is looked at again', async () => {
  const { bridge, used } = usedRuns();
  const refreshed = used.refresh();
  await bridge.last('usedFolders').answer(listed('/first', '/second'));
  const look = bridge.last('lookAtFolder');
  expect(look.input).toEqual({ path: '/first' });
  const forgotten = used.forget('/first');
  await bridge.last('forgetFolder').answer(listed('/second'));
  await forgotten;
  const remembered = used.remember('/first');
  await bridge.last('rememberFolder').answer(listed('/first', '/second'));
  await look.refuse(notListed);
  const again = bridge.asked.filter(({ call }) => call === 'lookAtFolder').slice(1);
  expect(again.map(({ input }) => input)).toEqual([{ path: '/first' }, { path: '/second' }]);
  for (const each of again) await each.answer({ type: 'unreadable', failure: gone });
  await Promise.all([remembered, refreshed]);
  expect(failuresOf(used)).toEqual([
    ['/first', gone.what],
    ['/second', gone.what],
  ]);
});

it('what is off the list by its turn is not looked at', async () => {
  const { bridge, used } = usedRuns();
  const refreshed = used.refresh();
  await bridge.last('usedFolders').answer(listed('/first', '/second', '/third'));
  const forgotten = used.forget('/second');
  await bridge.last('forgetFolder').answer(listed('/first', '/third'));
  await forgotten;
  for (const path of ['/first', '/third']) {
    const look = bridge.last('lookAtFolder');
    expect(look.input).toEqual({ path });
    await look.answer({ type: 'unreadable', failure: gone });
  }
  await refreshed;
});
