/** Walking along the plan: what the rest of the page needs to know of it. */
import type { Route } from "../api/types";
import type { Progress } from "./progress";

export interface Following {
  route: Route;
  /** Null until the device knows where it is. */
  progress: Progress | null;
  /** What is done about a way that was left. */
  replanning: "no" | "asking" | "failed";
}

export interface Follow {
  start(): Promise<void>;
}
