/** Where the space bar means something of its own, it must not start or pause the training. */
export const leavesSpaceToItself = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, button, a[href], summary, [contenteditable], [role="application"], [role="listbox"]',
  ) !== null;

/** Where Ctrl+Z is the text's own. */
export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type="checkbox"]), textarea, [contenteditable]') !== null;
