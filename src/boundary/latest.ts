/**
 * Calls with one in flight and one waiting: while a call runs, only the newest request is kept, and it always gets its
 * turn; the requests that it overtook are never sent. For sliders: no queue grows, and the last value wins.
 * @param onAnswer receives the answers in the order of their requests, each with its request
 * @returns asks; it never waits
 */
export function latest<Request, Answer>(
  call: (request: Request) => Promise<Answer>,
  onAnswer: (answer: Answer, request: Request) => void,
  onError: (error: unknown, request: Request) => void,
): (request: Request) => void {
  let busy = false;
  let waiting: { readonly request: Request } | null = null;

  const run = async (request: Request): Promise<void> => {
    busy = true;
    try {
      onAnswer(await call(request), request);
    } catch (error) {
      onError(error, request);
    } finally {
      busy = false;
      const next = waiting;
      waiting = null;
      if (next !== null) void run(next.request);
    }
  };

  return (request) => {
    if (busy) waiting = { request };
    else void run(request);
  };
}
