import { Overlay, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { reported } from "../../../state/report.ts";
import { filesOfDrop } from "./droppedFiles.ts";
import { importFiles } from "./importing.ts";

/** Imports whatever files are dropped anywhere on the page. */
export function RecordDrop() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const allow = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      reported(filesOfDrop(event.dataTransfer).then((files) => importFiles(files)));
    };
    const controller = new AbortController();
    const { signal } = controller;
    window.addEventListener("dragenter", enter, { signal });
    window.addEventListener("dragleave", leave, { signal });
    window.addEventListener("dragover", allow, { signal });
    window.addEventListener("drop", drop, { signal });
    return () => controller.abort();
  }, []);
  if (!over) return null;
  return (
    <Overlay fixed zIndex={400} backgroundOpacity={0.6} blur={2} center style={{ pointerEvents: "none" }}>
      <Stack align="center" gap={6} c="white">
        <IconFileImport size={48} aria-hidden />
        <Text size="lg" fw={600}>
          Drop WFDB files, a folder or a zip
        </Text>
        <Text size="sm">They stay in this browser.</Text>
      </Stack>
    </Overlay>
  );
}
