/** A link that is shown once is selected as a whole when it is touched, to be copied. */
export function selectOnFocus(): void {
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLInputElement && "select" in event.target.dataset) {
      event.target.select();
    }
  });
}
