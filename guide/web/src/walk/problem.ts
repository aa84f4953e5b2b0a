/** What went wrong with a walk, in the visitor's language, and what would help. */
import type { ApiError } from "../api/client";
import type { Lang } from "../api/types";
import type { Key, Words } from "../text/i18n";

/** The kinds of problem that have a sentence of their own on this page. */
const KNOWN = [
  "stop-off-streets",
  "no-way",
  "nothing-fits",
  "no-route",
  "busy",
  "too-many-requests",
  "not-built",
  "not-found",
] as const;

export function problemText(failure: ApiError, lang: Lang, t: Words): string {
  if (failure.status === null) return t("problem.no-answer");
  const known = KNOWN.find((kind) => kind === failure.kind);
  if (known) return t(`problem.${known}` satisfies Key);
  // The service explains itself in English; better that than nothing.
  return lang === "en" && failure.detail ? failure.detail : t("plan.failed");
}
