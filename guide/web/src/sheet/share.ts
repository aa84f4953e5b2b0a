/** Hands a link or a file to the device's own way of sharing, else to the clipboard or the disc. */
export type Shared = "shared" | "copied" | "saved" | "failed" | "cancelled";

const isCancel = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError";

export async function shareLink(title: string, url: string): Promise<Shared> {
  if (navigator.share) {
    try {
      await navigator.share({ title, url });
      return "shared";
    } catch (error) {
      if (isCancel(error)) return "cancelled";
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return "copied";
  } catch {
    return "failed";
  }
}

export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser has taken the address by then; the picture behind it need not stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export async function shareFile(title: string, file: File): Promise<Shared> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ title, files: [file] });
      return "shared";
    } catch (error) {
      if (isCancel(error)) return "cancelled";
    }
  }
  saveFile(file);
  return "saved";
}
