import { tick } from 'svelte';

/** Shows a setting in Set up, and puts the focus there. */
export async function showSetting(
  places: { goTo(place: 'set-up'): void },
  path: string,
): Promise<void> {
  places.goTo('set-up');
  await tick();
  const field = document.getElementById(path.replaceAll('.', '-'));
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}
