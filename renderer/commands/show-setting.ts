import { tick } from 'svelte';

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
  const field = document.getElementById(path.replaceAll('.', '-'));
  for (let at = field?.parentElement; at; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  field?.focus();
}
