import { createStore } from "zustand/vanilla";
import type { RecordQuery } from "../../domain/cohort.ts";
import type { Order } from "../../records/library/query.ts";
import { onChanged } from "../../storage/changes.ts";

export type LibraryView = "list" | "record" | "cohorts";

/** How the library is looked at. */
export interface LibraryState {
  readonly view: LibraryView;
  readonly query: RecordQuery;
  readonly order: Order;
  /** Grows with every change of the library: what was read before is old. */
  readonly revision: number;
}

export const library = createStore<LibraryState>(() => ({
  view: "list",
  query: {},
  order: { key: "importedAt", descending: true },
  revision: 0,
}));

export const libraryActions = {
  show(view: LibraryView): void {
    library.setState({ view });
  },
  filter(changes: RecordQuery): void {
    library.setState(({ query }) => ({ query: withoutEmpty({ ...query, ...changes }) }));
  },
  clearFilters(): void {
    library.setState({ query: {} });
  },
  sort(key: Order["key"]): void {
    library.setState(({ order }) => ({
      order: { key, descending: order.key === key ? !order.descending : key === "importedAt" },
    }));
  },
};

/** What does not restrict is left out, so that equal questions look equal. */
function withoutEmpty(query: RecordQuery): RecordQuery {
  return Object.fromEntries(
    Object.entries(query).filter(
      ([, value]) =>
        value !== undefined &&
        value !== "" &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** ms; an import changes the library many times a second, a list need not follow each. */
const refreshInterval = 400;

/** Follows the changes that workers and other tabs make. @returns the way to stop */
export function followLibrary(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = onChanged(() => {
    timer ??= setTimeout(() => {
      timer = null;
      library.setState(({ revision }) => ({ revision: revision + 1 }));
    }, refreshInterval);
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}
