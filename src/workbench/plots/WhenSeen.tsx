import { type ReactNode, useEffect, useRef, useState } from "react";

/** Figures that wait to be drawn: one a frame, so that a page of many stays awake. */
const waiting: (() => void)[] = [];

function inTurn(draw: () => void): void {
  waiting.push(draw);
  if (waiting.length === 1) drawNext();
}

function drawNext(): void {
  requestAnimationFrame(() => {
    setTimeout(() => {
      waiting[0]?.();
      waiting.shift();
      if (waiting.length > 0) drawNext();
    });
  });
}

/** CSS pixels below the window from which a figure is drawn. */
const ahead = 300;

/** Room for a figure, which is drawn as soon as it comes near the window. */
export function WhenSeen({ height, children }: { readonly height: number; readonly children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    let gone = false;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        inTurn(() => {
          if (!gone) setSeen(true);
        });
      },
      { rootMargin: `${ahead}px 0px` },
    );
    observer.observe(target);
    return () => {
      gone = true;
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={element} style={{ minHeight: height }}>
      {isSeen && children}
    </div>
  );
}
