/**
 * Has ESLint know components' own types where they are imported, as svelte-check does, and TypeScript read each once: without it the
 * program is made anew for each component, four times as long for all. An experiment of svelte-eslint-parser, which is asked for by name
 * before it is loaded: https://sveltejs.github.io/svelte-eslint-parser
 */
process.env.SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK = '1';
