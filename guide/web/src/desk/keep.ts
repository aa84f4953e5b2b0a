/**
 * What is typed into a form is kept on this device until it is saved, so that a closed window or a
 * dead battery loses nothing; and leaving with unsaved changes asks first.
 */
const PREFIX = "hyakusaka.desk.";
const WAIT_MS = 500;
const NOT_KEPT = new Set(["mark", "version", "head", "id", "then"]);

interface Kept {
  at: string;
  version: string;
  fields: [string, string][];
}

function fieldsOf(form: HTMLFormElement): [string, string][] {
  const fields: [string, string][] = [];
  for (const [name, value] of new FormData(form)) {
    if (!NOT_KEPT.has(name) && typeof value === "string") fields.push([name, value]);
  }
  return fields;
}

function read(key: string): Kept | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

function put(form: HTMLFormElement, fields: [string, string][]): void {
  const ticked = new Map<string, Set<string>>();
  for (const [name, value] of fields) ticked.set(name, (ticked.get(name) ?? new Set()).add(value));
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && element.type === "checkbox") {
      element.checked = ticked.get(element.name)?.has(element.value) ?? false;
    } else if (
      (element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement) &&
      ticked.has(element.name) &&
      !NOT_KEPT.has(element.name)
    ) {
      element.value = [...(ticked.get(element.name) ?? [])][0] ?? "";
    }
  }
}

export function keep(form: HTMLFormElement): void {
  const key = `${PREFIX}${form.dataset.keep ?? ""}`;
  const version = form.dataset.version ?? "0";
  const began = JSON.stringify(fieldsOf(form));
  let leaving = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const isChanged = (): boolean => JSON.stringify(fieldsOf(form)) !== began;

  const kept = read(key);
  const offer = document.querySelector<HTMLElement>("#kept-offer");
  if (kept && offer && kept.version === version && JSON.stringify(kept.fields) !== began) {
    offer.hidden = false;
    const when = offer.querySelector("[data-when]");
    if (when) when.textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    offer.querySelector("[data-take]")?.addEventListener("click", () => {
      put(form, kept.fields);
      offer.hidden = true;
      form.dispatchEvent(new Event("input", { bubbles: true }));
      form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
    });
    offer.querySelector("[data-drop]")?.addEventListener("click", () => {
      localStorage.removeItem(key);
      offer.hidden = true;
    });
  }

  const store = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!isChanged()) return;
      const now: Kept = { at: new Date().toISOString(), version, fields: fieldsOf(form) };
      try {
        localStorage.setItem(key, JSON.stringify(now));
        const note = document.querySelector<HTMLElement>("#kept");
        if (note) note.hidden = false;
      } catch {
        // No room, or none allowed: leaving still asks.
      }
    }, WAIT_MS);
  };
  form.addEventListener("input", store);
  form.addEventListener("drawn", store);
  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isChanged()) event.preventDefault();
  });
}

/** A page that says that something was saved also says that its copy here may go. */
export function forget(): void {
  const said = document.querySelector<HTMLElement>(".said");
  const form = document.querySelector<HTMLFormElement>("form[data-keep]");
  if (!said || !form) return;
  const area = (form.dataset.keep ?? "").split("/").slice(0, 2).join("/");
  for (const key of [`${PREFIX}${form.dataset.keep}`, `${PREFIX}${area}/new`]) {
    localStorage.removeItem(key);
  }
}
