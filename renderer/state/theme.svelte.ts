import { on } from 'svelte/events';
import { createSubscriber } from 'svelte/reactivity';
import { darkScale, lightScale, type Scale } from '../../shared/diverging-scale.ts';

const query = matchMedia('(prefers-color-scheme: dark)');
const followScheme = createSubscriber((update) => on(query, 'change', update));

/** Light or dark by the system's setting; what reads it in an effect is done again when it changes. */
export const theme = {
  get isDark(): boolean {
    followScheme();
    return query.matches;
  },
  /** Signed colours on its ground. */
  get scale(): Scale {
    return this.isDark ? darkScale : lightScale;
  },
  /** The style in force at an element: its custom properties are the theme's colours. */
  styleOf(element: Element): CSSStyleDeclaration {
    followScheme();
    return getComputedStyle(element);
  },
};
