import { BrowserWindow, session } from 'electron';
import { ORIGIN, SCHEME } from './app-protocol.ts';
import { webPreferences } from './security.ts';

/** The page has everything in it: nothing is run, and nothing is loaded. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox";
const ADDRESS = `${ORIGIN}/report`;
/** A session of its own, in memory, for each: no two see each other's page. */
let count = 0;

/**
 * Prints a page in a window that nobody sees, in a session that knows this page and nothing else, without scripts.
 * @param page HTML that stands by itself
 * @returns the PDF's bytes, A4
 */
export async function printPdf(page: string): Promise<Buffer> {
  const own = session.fromPartition(`report-${++count}`);
  own.protocol.handle(SCHEME, ({ url }) =>
    url === ADDRESS
      ? new Response(page, {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': POLICY,
            'x-content-type-options': 'nosniff',
          },
        })
      : new Response(null, { status: 404 }),
  );
  own.webRequest.onBeforeRequest(({ url }, reply) => {
    reply({ cancel: url !== ADDRESS && !url.startsWith('data:') });
  });
  own.setPermissionRequestHandler((_contents, _permission, reply) => {
    reply(false);
  });
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...webPreferences, session: own, javascript: false },
  });
  try {
    await window.loadURL(ADDRESS);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<span style="width: 100%; font-size: 8px; text-align: center;"><span class="pageNumber"></span> / <span class="totalPages"></span></span>',
    });
  } finally {
    window.destroy();
    own.protocol.unhandle(SCHEME);
  }
}
