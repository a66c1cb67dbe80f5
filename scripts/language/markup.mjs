import { isNode } from './parse.mjs';
import { inlineElements, readAttributes, technicalNames } from './which.mjs';

/**
 * Finds the messages of Svelte's elements and attributes.
 *
 * @typedef {import('./parse.mjs').Node} Node
 * @typedef {import('./messages.mjs').Finder} Finder
 * @typedef {import('./messages.mjs').Place} Place
 * @typedef {import('./messages.mjs').Tag} Tag
 */

/** Children of an element: runs of text, expressions and elements that stand within a line are one message each. @param {Finder} finder @param {Node[]} nodes @param {Place} place */
export function visitRun(finder, nodes, place) {
  /** @type {Node[]} */
  let run = [];
  const flush = () => {
    const of = trimmed(run);
    run = [];
    if (of.length === 0) return;
    const isWorded = of.some((node) => node.type === 'Text' && /\p{L}/u.test(String(node.data)));
    if (!isWorded) {
      for (const node of of) finder.visit(node, { ...place, shown: true });
      return;
    }
    /** @type {Node[]} */
    const args = [];
    /** @type {Tag[]} */
    const tags = [];
    /** @param {Node[]} parts @returns {string} */
    const textOfNodes = (parts) => parts.map(textOfNode).join('');
    /** @param {Node} node @returns {string} */
    const textOfNode = (node) => {
      if (node.type === 'Text') return String(node.data).replaceAll(/\s+/g, ' ');
      if (node.type === 'Comment') return '';
      if (node.type === 'ExpressionTag') {
        const expression = /** @type {Node} */ (node.expression);
        // {' '} is a space that Svelte would drop.
        if (
          expression.type === 'Literal' &&
          typeof expression.value === 'string' &&
          !/\p{L}/u.test(expression.value)
        )
          return expression.value;
        args.push(node);
        return `{${args.length - 1}}`;
      }
      const inner = innerOf(node) ?? [];
      const k = tags.length;
      const first = inner[0];
      const last = inner.at(-1);
      if (!first || !last || inner.some((child) => !isPart(child))) {
        tags.push({ open: node, close: null });
        return `<${k}/>`;
      }
      tags.push({
        open: { start: node.start, end: first.start },
        close: { start: last.end, end: node.end },
      });
      return `<${k}>${textOfNodes(inner)}</${k}>`;
    };
    const first = /** @type {Node} */ (of[0]);
    const last = /** @type {Node} */ (of.at(-1));
    const before =
      first.type === 'Text' ? String(first.raw).length - String(first.raw).trimStart().length : 0;
    const after =
      last.type === 'Text' ? String(last.raw).length - String(last.raw).trimEnd().length : 0;
    const text = textOfNodes(of).trim().replaceAll(/ +/g, ' ');
    finder.add(
      { kind: 'markup', start: first.start + before, end: last.end - after, text, args, tags },
      place,
    );
    for (const arg of args)
      finder.visit(/** @type {Node} */ (arg.expression), { ...place, shown: true });
    for (const node of of) visitAttributes(finder, node, place);
  };
  for (const node of nodes) {
    if (isPart(node)) run.push(node);
    else {
      flush();
      finder.visit(node, { ...place, shown: false });
    }
  }
  flush();
}
/** Attributes of elements within a text, and whole elements whose inner part is not of it. @param {Finder} finder @param {Node} node @param {Place} place */
function visitAttributes(finder, node, place) {
  const inner = innerOf(node);
  if (!inner) return;
  for (const attribute of /** @type {Node[]} */ (node.attributes))
    finder.visit(attribute, { ...place, shown: false });
  if (inner.some((child) => !isPart(child))) visitRun(finder, inner, place);
  else for (const child of inner) visitAttributes(finder, child, place);
}

/** @param {Finder} finder @param {Node} node @param {Place} place */
export function visitAttribute(finder, node, place) {
  const name = String(node.name);
  if (technicalNames.has(name)) return;
  const shown = readAttributes.has(name);
  const parts = /** @type {Node[]} */ (Array.isArray(node.value) ? node.value : [node.value]);
  if (!parts.every(isNode)) return;
  if (parts.some(({ type }) => type === 'Text')) {
    const args = parts.filter(({ type }) => type !== 'Text');
    const text = parts
      .map((part) => (part.type === 'Text' ? String(part.data) : `{${args.indexOf(part)}}`))
      .join('');
    const is = finder.isMessage(text, shown);
    if (is)
      finder.add(
        {
          kind: 'attribute',
          start: node.start + name.length + 1,
          end: node.end,
          text,
          args,
          tags: [],
        },
        place,
      );
    for (const arg of args)
      finder.visit(/** @type {Node} */ (arg.expression), { ...place, shown: is });
  } else for (const part of parts) finder.visit(part, { ...place, shown });
}

/** What stands in an element. @param {Node} node */
const innerOf = ({ fragment }) =>
  isNode(fragment) ? /** @type {Node[]} */ (fragment.nodes) : undefined;

/** @param {Node} node whether it can be a part of a line of text */
const isPart = (node) =>
  ['Text', 'ExpressionTag', 'Comment'].includes(node.type) ||
  (['RegularElement', 'Component'].includes(node.type) && inlineElements.has(String(node.name)));

/** Without what is empty at both ends. @param {Node[]} nodes */
function trimmed(nodes) {
  const isEmpty = (/** @type {Node | undefined} */ node) =>
    node && (node.type === 'Comment' || (node.type === 'Text' && !String(node.data).trim()));
  let [start, end] = [0, nodes.length];
  while (start < end && isEmpty(nodes[start])) start++;
  while (end > start && isEmpty(nodes[end - 1])) end--;
  return nodes.slice(start, end);
}
