/** So many files take some milliseconds. */
const PORTION = 256;

/** Does the same to many things without promises, and lets others have their turn in between. */
export async function inPortions<Item>(
  items: readonly Item[],
  task: (item: Item) => void,
): Promise<void> {
  for (let begin = 0; begin < items.length; begin += PORTION) {
    if (begin > 0) await new Promise((resolve) => setImmediate(resolve));
    for (const item of items.slice(begin, begin + PORTION)) task(item);
  }
}
