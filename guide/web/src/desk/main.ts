/** The staff's desk: the server renders the pages, HTMX swaps parts of them, and a map where one is drawn on. */
import "htmx.org/dist/htmx.esm.js";
import "./styles/desk.css";
import "./styles/forms.css";
import { selectOnFocus } from "./select";

selectOnFocus();
document.documentElement.dataset.ready = "true";
