/** How a request is answered: by the service, by what this device keeps, or by whoever is first. */
import { KEPT_HEADER, RECENT, SHELL } from "../offline/names";

/** Our own replies differ only by what their addresses say. */
const ANY = { ignoreVary: true } as const;

/** A visitor on a slow line sees what is kept rather than wait longer than this. */
const PATIENCE_MS = 3500;

/** What this device keeps for a request, the latest first: of the page, seen lately, taken along. */
export async function kept(request: Request | string): Promise<Response | null> {
  const names = await caches.keys();
  const ours = [
    ...names.filter((name) => name.startsWith(SHELL)).reverse(),
    ...names.filter((name) => name === RECENT),
    ...names.filter((name) => !name.startsWith(SHELL) && name !== RECENT).reverse(),
  ];
  for (const name of ours) {
    const found = await (await caches.open(name)).match(request, ANY);
    if (found) return found;
  }
  return null;
}

/** The same reply, saying that it is an old one. */
function marked(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set(KEPT_HEADER, "1");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

const wait = (ms: number): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), ms));

/**
 * The service's reply if it comes in time, else what is kept, else whatever comes. A reply of the
 * service is kept for the next time.
 */
export async function freshOrKept(
  request: Request,
  keep: (response: Response) => Promise<void>,
): Promise<Response> {
  // Asked for anew each time, though a 304 may do: what the browser's own cache would say without
  // asking tells nothing of the connection.
  const asked = fetch(request, { cache: "no-cache" }).then(async (response) => {
    if (response.ok) await keep(response.clone()).catch(() => {});
    return response;
  });
  const failed = asked.then(
    () => null,
    (error: unknown) => error,
  );
  const first = await Promise.race([asked.catch(() => null), wait(PATIENCE_MS)]);
  // A gateway that says the service is down is no better than no reply.
  if (first && first.status < 502) return first;
  const old = await kept(request);
  if (old) return marked(old);
  if (first) return first;
  const error = await failed;
  if (error === null) return asked;
  throw error;
}

/** For what never changes under its address. */
export async function keptOrFresh(
  request: Request,
  keep: (response: Response) => Promise<void>,
): Promise<Response> {
  const old = await kept(request);
  if (old) return old;
  const response = await fetch(request);
  if (response.status === 200) await keep(response.clone()).catch(() => {});
  return response;
}
