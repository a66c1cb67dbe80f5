import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** Serves the window's files over a scheme of our own: unlike file://, it has an origin, headers and a root that cannot be left. */

export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://firstlayer`;

/** Allows nothing but the app's own files: no inline script or style, no eval, no frames, nothing remote. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** The origin of an address. `URL.origin` is "null" for schemes that the platform does not know, such as ours. */
export function originOf(address: string): string {
  if (!URL.canParse(address)) return '';
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

/** The file below `root` that a URL of ours names; null if it names something else or leads out of `root`. */
export function fileOf(root: string, address: string): string | null {
  if (originOf(address) !== ORIGIN) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const folder = normalize(root);
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder + sep) ? file : null;
}

/** As Electron takes it. */
interface Served {
  statusCode: number;
  headers: Record<string, string>;
  data: Buffer;
}

/** Answers a request for one of the window's files. */
export async function serveFile(
  root: string,
  { method, url }: { method: string; url: string },
): Promise<Served> {
  const headers = {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
  const refused = (statusCode: number): Served => ({ statusCode, headers, data: Buffer.alloc(0) });
  if (method !== 'GET') return refused(405);
  const file = fileOf(root, url);
  const type = file === null ? undefined : types[extname(file)];
  if (file === null || type === undefined) return refused(404);
  try {
    const data = await readFile(file);
    return { statusCode: 200, headers: { ...headers, 'content-type': type }, data };
  } catch {
    return refused(404);
  }
}
