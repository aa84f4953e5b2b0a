/** Talk with the desk: changes carry the session's mark, as every form does. */

export const mark = (): string => {
  try {
    const headers: unknown = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    return (headers as Record<string, string>)["X-Desk-Mark"] ?? "";
  } catch {
    return "";
  }
};

async function answer<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`the desk answered ${response.status}`);
  return (await response.json()) as T;
}

export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answer<T>(await fetch(path, signal ? { signal } : {}));
}

export async function tell<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-desk-mark": mark() },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  return answer<T>(response);
}

/** Only the latest question counts: each new one stops the one before it. */
export function latest(): () => AbortSignal {
  let controller = new AbortController();
  return () => {
    controller.abort();
    controller = new AbortController();
    return controller.signal;
  };
}
