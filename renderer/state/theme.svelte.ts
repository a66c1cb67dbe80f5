import { on } from 'svelte/events';
import { createSubscriber } from 'svelte/reactivity';

const query = matchMedia('(prefers-color-scheme: dark)');
const followScheme = createSubscriber((update) => on(query, 'change', update));

/** Light or dark by the system's setting; what reads it in an effect is done again when it changes. */
export const theme = {
  get isDark(): boolean {
    followScheme();
    return query.matches;
  },
  /** The style in force at an element: its custom properties are the theme's colours. */
  styleOf(element: Element): CSSStyleDeclaration {
    followScheme();
    return getComputedStyle(element);
  },
};
