import { parse as parseSvelte } from 'svelte/compiler';
import { parseSync } from 'vite';

/**
 * @typedef {{ type: string, start: number, end: number } & Record<string, unknown>} Node
 * @param {unknown} value @returns {value is Node}
 */
export const isNode = (value) =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The tree of a source: ESTree, in a component within Svelte's own. @param {string} code @param {string} file @returns {Node} */
export function treeOf(code, file) {
  if (file.endsWith('.svelte'))
    return /** @type {any} */ (parseSvelte(code, { modern: true, filename: file }));
  const { program, errors } = parseSync(file, code);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  return /** @type {any} */ (program);
}

/** A node's children, each with the name of the property that it is in. @param {Node} node */
export function* childrenOf(node) {
  for (const [key, value] of Object.entries(node)) {
    if (key === 'css' || key === 'parent' || key === 'metadata') continue;
    const values = Array.isArray(value) ? value : [value];
    for (const [index, child] of values.entries()) if (isNode(child)) yield { child, key, index };
  }
}
