/** A place to drop a file into: it says which one was taken, and when one hovers over it. */
export function dropField(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  const name = form.querySelector<HTMLElement>(".drop-name");
  const field = input?.closest<HTMLElement>(".drop");
  if (!input || !name || !field) return;
  const tell = (): void => {
    name.textContent = [...(input.files ?? [])].map((file) => file.name).join(", ");
    field.classList.toggle("filled", name.textContent !== "");
  };
  input.addEventListener("change", tell);
  for (const event of ["dragenter", "dragover"]) {
    field.addEventListener(event, () => field.classList.add("over"));
  }
  for (const event of ["dragleave", "drop"]) {
    field.addEventListener(event, () => field.classList.remove("over"));
  }
  tell();
}
