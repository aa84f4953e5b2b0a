/** The photo of an entry: sent as soon as it is chosen, shown as visitors will see it. */
import { mark } from "./server";

interface Answer {
  photo?: string;
  problem?: string;
}

/** Where staff see a photo: drafts' photos are shown at the desk alone. */
const sourceOf = (base: string, photo: string): string =>
  photo ? `${base}/${photo.slice(photo.lastIndexOf("/") + 1)}` : "";

export function photoField(root: HTMLElement): void {
  const base = root.dataset.photo ?? "";
  const value = root.querySelector<HTMLInputElement>("input[type=hidden]");
  const file = root.querySelector<HTMLInputElement>("input[type=file]");
  const image = root.querySelector("img");
  const say = root.querySelector<HTMLElement>("[data-say]");
  const remove = root.querySelector<HTMLElement>("[data-remove]");
  const choose = root.querySelector<HTMLElement>("[data-choose]");
  if (!value || !file || !image || !say || !remove || !choose) return;

  const show = (): void => {
    const photo = value.value;
    image.hidden = !photo;
    if (photo) image.src = sourceOf(base, photo);
    remove.hidden = !photo;
    choose.textContent = (photo ? choose.dataset.another : choose.dataset.choose) ?? "";
    root.querySelector("[data-elsewhere]")?.remove();
  };
  const set = (photo: string): void => {
    value.value = photo;
    show();
    value.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const send = async (chosen: File): Promise<void> => {
    say.textContent = root.dataset.saySending ?? "";
    root.dataset.busy = "yes";
    try {
      const body = new FormData();
      body.set("file", chosen);
      const headers = { "x-desk-mark": mark() };
      const response = await fetch(base, { method: "POST", headers, body });
      const answer = (await response.json()) as Answer;
      if (answer.photo) set(answer.photo);
      say.textContent = answer.problem ?? "";
    } catch {
      say.textContent = root.dataset.sayFailed ?? "";
    } finally {
      delete root.dataset.busy;
      file.value = "";
    }
  };

  image.addEventListener("error", () => {
    image.hidden = true;
  });
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen) void send(chosen);
  });
  remove.addEventListener("click", () => set(""));
  root.closest("form")?.addEventListener("kept", show);
}
