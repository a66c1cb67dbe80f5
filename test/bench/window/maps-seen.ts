import type { StartedApp } from './started-app.ts';

interface Frame {
  /** Milliseconds. */
  at: number;
  /** Until the next, too: while an epoch is evaluated there is nothing new to see. */
  isTraining: boolean;
}

/**
 * Watches the place Draw while a run trains.
 * @returns how many times a second of training all layers' maps were painted anew
 */
export async function mapsSeen(
  { page }: StartedApp,
  meanwhile: () => Promise<void>,
): Promise<number> {
  const frames = await page.evaluateHandle(() => {
    // The ranges beside the maps change with them.
    const rows = document.querySelector('[aria-labelledby="layers-heading"] ol');
    if (!rows) throw new Error('The place Draw shows no maps.');
    const seen: Frame[] = [];
    const isTraining = (): boolean =>
      document.querySelector('[data-testid="phase"]')?.getAttribute('data-phase') === 'training';
    let isNoted = false;
    const observer = new MutationObserver(() => {
      if (isNoted) return;
      isNoted = true;
      requestAnimationFrame((at) => {
        isNoted = false;
        seen.push({ at, isTraining: isTraining() });
      });
    });
    observer.observe(rows, { subtree: true, characterData: true, childList: true });
    // The phase between two changes of the maps counts, too.
    const phases = new MutationObserver(() => {
      const last = seen.at(-1);
      if (last && !isTraining()) last.isTraining = false;
    });
    phases.observe(document.body, { subtree: true, attributeFilter: ['data-phase'] });
    return { seen, observer, phases };
  });
  await meanwhile();
  const seen = await frames.evaluate((watched) => {
    watched.observer.disconnect();
    watched.phases.disconnect();
    return watched.seen;
  });
  const gaps = seen
    .slice(1)
    .flatMap(({ at, isTraining }, k) =>
      isTraining && seen[k]?.isTraining ? [at - seen[k].at] : [],
    );
  return (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);
}
