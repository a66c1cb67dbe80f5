/** What has the focus, by the keys that it needs itself: the drawing pad, a text, another control, or nothing that needs any. */
export type KeyTarget = 'pad' | 'text' | 'control' | 'page';

const TEXT = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]';
const CONTROL =
  'input, select, button, a[href], summary, [role="application"], [role="button"], [role="listbox"]';

export function keyTargetOf(target: EventTarget | null): KeyTarget {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('[data-keys="pad"]') !== null) return 'pad';
  if (target.closest(TEXT) !== null) return 'text';
  // What a dialog covers is not meant.
  if (target.closest('dialog') !== null) return 'text';
  return target.closest(CONTROL) === null ? 'page' : 'control';
}
