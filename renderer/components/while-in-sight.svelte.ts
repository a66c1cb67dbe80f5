import type { Attachment } from 'svelte/attachments';

/** Milliseconds: out of sight it is told anew no more often; a screen reader reads it there, too. */
const OUT_OF_SIGHT = 2_000;

/** What is shown of something that changes many times a second: where nobody sees it, it is not painted each time. */
export class WhileInSight<Value> {
  #isInSight = $state(true);
  #held: { value: Value; since: number } | null = null;
  readonly #latest: () => Value;
  readonly #changesOften: () => boolean;
  readonly #shown = $derived.by(() => {
    const latest = this.#latest();
    const held = this.#held;
    const isHeld =
      held !== null &&
      this.#changesOften() &&
      !this.#isInSight &&
      performance.now() - held.since < OUT_OF_SIGHT;
    if (isHeld) return held.value;
    this.#held = { value: latest, since: performance.now() };
    return latest;
  });

  /** @param changesOften otherwise it is the latest always */
  constructor(latest: () => Value, changesOften: () => boolean) {
    this.#latest = latest;
    this.#changesOften = changesOften;
  }

  get shown(): Value {
    return this.#shown;
  }

  /** Of the element that it is shown in. */
  readonly watch: Attachment<HTMLElement> = (element) => {
    const observer = new IntersectionObserver((entries) => {
      this.#isInSight = entries.at(-1)?.isIntersecting ?? true;
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  };
}
