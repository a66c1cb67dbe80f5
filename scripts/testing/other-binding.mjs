import Module from 'node:module';

// Preloaded with --import: tfjs-node takes its native binding from FIRSTLAYER_BINDING instead of its own folder.

/** @typedef {(request: string, ...rest: unknown[]) => unknown} Load */

const loader = /** @type {{ _load: Load }} */ (/** @type {unknown} */ (Module));
const load = loader._load;

/** @type {Load} */
const redirected = (request, ...rest) =>
  load(
    request.endsWith('tfjs_binding.node') ? (process.env.FIRSTLAYER_BINDING ?? request) : request,
    ...rest,
  );
loader._load = redirected;
