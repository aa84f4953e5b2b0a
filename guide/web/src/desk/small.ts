/** Small helps of the pages: a link selected as a whole, another area, a question before something goes. */
export function smallHelps(): void {
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLInputElement && "select" in event.target.dataset) {
      event.target.select();
    }
  });
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target instanceof HTMLSelectElement && "go" in target.dataset) target.form?.submit();
    if (target instanceof HTMLInputElement && target.dataset.all) {
      const boxes = document.querySelectorAll<HTMLInputElement>(
        `input[type="checkbox"][name="${target.dataset.all}"]:not([disabled])`,
      );
      for (const box of boxes) box.checked = target.checked;
    }
  });
  document.addEventListener(
    "click",
    (event) => {
      const asked = (event.target as Element).closest<HTMLElement>("[data-ask]");
      if (asked && !window.confirm(asked.dataset.ask)) event.preventDefault();
    },
    true,
  );
}
