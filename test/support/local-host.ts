import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that gives files, on this machine's own address: no test leaves it. */
export interface LocalHost {
  url: string;
  /** Which bytes were asked for, request by request; null: all. */
  asked: (string | null)[];
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function startHost(answer: Answer): Promise<LocalHost> {
  const asked: (string | null)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range ?? null);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/**
 * Begins an answer as a host does that knows of ranges.
 * @returns what is left to be sent
 */
export function beginAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
): Buffer {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const rest = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': rest.length,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  return rest;
}

/** The whole of what is asked for. */
export const giving =
  (bytes: Buffer): Answer =>
  (request, response) => {
    response.end(beginAnswer(request, response, bytes));
  };

/** No more than so many bytes an answer; then the connection is cut. */
export const cuttingOff =
  (bytes: Buffer, after: number): Answer =>
  (request, response) => {
    const piece = beginAnswer(request, response, bytes).subarray(0, after);
    response.write(piece, () => setTimeout(() => response.destroy(), 20));
  };
