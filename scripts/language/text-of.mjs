/** @typedef {import('./parse.mjs').Node} Node */

/** A string or a template as a text, and what is put in. @param {Node} node @returns {{ text: string, args: Node[] } | null} */
export function textOf(node) {
  if (node.type === 'Literal')
    return typeof node.value === 'string' ? { text: node.value, args: [] } : null;
  if (node.type !== 'TemplateLiteral') return null;
  const args = /** @type {Node[]} */ (node.expressions);
  const quasis = /** @type {{ value: { cooked: string } }[]} */ (
    /** @type {unknown} */ (node.quasis)
  );
  return {
    text: quasis.map(({ value }, k) => (k > 0 ? `{${k - 1}}` : '') + value.cooked).join(''),
    args,
  };
}
