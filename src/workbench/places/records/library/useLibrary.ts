import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { LibraryRecord } from "../../../../domain/libraryRecord.ts";
import type { Facets } from "../../../../records/library/facets.ts";
import { library } from "../../../state/library.ts";
import { asFailure } from "../../../state/report.ts";
import { actions } from "../../../state/store.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";

/** What the records of the query have, and what the whole library offers; null until the first answer. */
export function useFacets(): { readonly found: Facets; readonly whole: Facets } | null {
  const { query, revision } = useStore(library);
  return useAnswer(JSON.stringify([query, revision]), () => workers.records.queryFacets(query), true);
}

/** Rows that are fetched together. */
const pageSize = 60;

export interface Rows {
  readonly total: number;
  /** The row, or undefined while it is fetched. */
  row(index: number): LibraryRecord | undefined;
  /** Fetches what is about to be seen. */
  need(from: number, to: number): void;
}

/** The records of the query, fetched page by page as they come into sight. */
export function useRows(): Rows | null {
  const { query, order, revision } = useStore(library);
  const question = JSON.stringify([query, order]);
  const [pages, setPages] = useState<{
    readonly question: string;
    readonly total: number;
    readonly rows: ReadonlyMap<number, readonly LibraryRecord[]>;
  } | null>(null);
  const seen = useRef({ from: 0, to: pageSize });
  const asked = useRef(new Set<string>());

  const fetchPage = useCallback(
    (page: number) => {
      const key = `${question} ${revision} ${page}`;
      if (asked.current.has(key)) return;
      asked.current.add(key);
      workers.records.queryRecords(query, order, page * pageSize, pageSize).then(
        ({ total, rows }) =>
          startTransition(() =>
            setPages((before) => {
              const kept = before?.question === question ? before.rows : new Map();
              return { question, total, rows: new Map(kept).set(page, rows) };
            }),
          ),
        (error: unknown) => actions.report(asFailure(error)),
      );
    },
    [question, revision, query, order],
  );

  const need = useCallback(
    (from: number, to: number) => {
      seen.current = { from, to };
      for (let page = Math.floor(from / pageSize); page * pageSize <= to; page++) fetchPage(page);
    },
    [fetchPage],
  );

  useEffect(() => {
    // The library has changed, or the question: what is in sight is fetched anew, the rest when it comes into sight.
    asked.current.clear();
    need(seen.current.from, seen.current.to);
  }, [need]);

  if (pages === null) return null;
  return {
    total: pages.total,
    row: (index) => pages.rows.get(Math.floor(index / pageSize))?.[index % pageSize],
    need,
  };
}
