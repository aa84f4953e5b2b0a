/** Tests ask for words at once; the page waits for them. */
import { loadWords } from "../src/text/i18n";

await Promise.all([loadWords("ja"), loadWords("en")]);
