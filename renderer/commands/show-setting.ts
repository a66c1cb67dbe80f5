import { tick } from 'svelte';

/** Milliseconds until a place's code must be there, which is loaded when the place is shown first. */
const PATIENCE = 2_000;
const LOOKED_EVERY = 20;

/**
 * Shows a setting in Set up, and puts the focus there.
 * @param path `optimizer.learningRate`
 */
export async function showSetting(
  places: { goTo(place: 'set-up'): void },
  path: string,
): Promise<void> {
  places.goTo('set-up');
  await tick();
  const field = await elementOnceThere(path.replaceAll('.', '-'));
  for (let at = field?.parentElement; at; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  field?.focus();
}

async function elementOnceThere(id: string): Promise<HTMLElement | null> {
  const since = performance.now();
  for (;;) {
    const element = document.getElementById(id);
    if (element || performance.now() - since > PATIENCE) return element;
    await new Promise((resolve) => setTimeout(resolve, LOOKED_EVERY));
  }
}
