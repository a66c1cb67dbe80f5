/**
 * Moves the focus through a list by arrow keys, Home and End, and stays at its ends.
 * @param list the elements, in their order; those that are disabled are passed over
 */
export function moveFocus(event: KeyboardEvent, list: Iterable<HTMLElement>): void {
  const elements = [...list].filter((element) => !element.matches(':disabled'));
  const at = elements.findIndex((element) => element === document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: elements.length - 1 }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  elements[Math.max(0, Math.min(next, elements.length - 1))]?.focus();
}
