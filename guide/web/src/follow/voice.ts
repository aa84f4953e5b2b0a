/** Says instructions aloud, with the device's own voice, for a phone in the pocket. */
import type { Lang } from "../api/types";

const VOICES: Record<Lang, string> = { ja: "ja-JP", en: "en-GB" };

export const canSpeak = (): boolean => "speechSynthesis" in window;

export function speak(text: string, lang: Lang): void {
  if (!canSpeak()) return;
  // The latest is what counts; what was not finished is past.
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = VOICES[lang];
  speechSynthesis.speak(said);
}

export const hush = (): void => {
  if (canSpeak()) speechSynthesis.cancel();
};
