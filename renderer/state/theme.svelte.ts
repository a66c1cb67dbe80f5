import { on } from 'svelte/events';
import { createSubscriber } from 'svelte/reactivity';
import { darkScale, lightScale, type Scale } from '../../shared/diverging-scale.ts';

const query = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');
const forced = matchMedia('(forced-colors: active)');
const followScheme = createSubscriber((update) => {
  const stop = [query, contrast, forced].map((each) => on(each, 'change', update));
  return () => {
    for (const end of stop) end();
  };
});

/** Light or dark, how much contrast, and whose colours, by the system's settings; what reads it in an effect is done again when they change. */
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
