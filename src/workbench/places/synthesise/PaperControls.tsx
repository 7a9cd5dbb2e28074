import { Button, Group, SegmentedControl, Tooltip } from "@mantine/core";
import { IconRulerMeasure, IconViewportWide } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import { Calibration } from "../../paper/Calibration.tsx";
import { saveScreenScale, screenScale } from "../../state/paperScale.ts";
import { reported } from "../../state/report.ts";
import { actions, workbench } from "../../state/store.ts";
import { gains, speeds } from "../../state/view.ts";

/** Calipers open over these two times, s. */
const firstCalipers = { from: 2, to: 3, march: false };

/** Paper speed, gain, calipers and the calibration of the screen. */
export function PaperControls() {
  const { speed, gain, calipers } = useStore(workbench, (state) => state.view);
  const { pixelsPerMillimetre } = useStore(screenScale);
  const [calibrating, setCalibrating] = useState(false);
  return (
    <Group gap="xs" className="noPrint">
      <SegmentedControl
        size="xs"
        aria-label="Paper speed"
        value={String(speed)}
        data={speeds.map((value) => ({
          value: String(value),
          label: value === 50 ? "50 mm/s" : String(value),
        }))}
        onChange={(next) => actions.setView({ speed: speeds.find((value) => String(value) === next) ?? 25 })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Gain"
        value={String(gain)}
        data={gains.map((value) => ({
          value: String(value),
          label: value === 20 ? "20 mm/mV" : String(value),
        }))}
        onChange={(next) => actions.setView({ gain: gains.find((value) => String(value) === next) ?? 10 })}
      />
      <Tooltip label="Two legs that measure; M marches the interval along the strip" openDelay={400}>
        <Button
          size="xs"
          variant={calipers === null ? "default" : "light"}
          aria-pressed={calipers !== null}
          leftSection={<IconRulerMeasure size={16} />}
          onClick={() => actions.setView({ calipers: calipers === null ? firstCalipers : null })}
        >
          Calipers
        </Button>
      </Tooltip>
      {calipers !== null && (
        <Button
          size="xs"
          variant={calipers.march ? "light" : "default"}
          aria-pressed={calipers.march}
          onClick={() => actions.setView({ calipers: { ...calipers, march: !calipers.march } })}
        >
          March out
        </Button>
      )}
      <Tooltip label="Make millimetres real on this screen, with a bank card" openDelay={400}>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconViewportWide size={16} />}
          onClick={() => setCalibrating(true)}
        >
          True size
        </Button>
      </Tooltip>
      {calibrating && (
        <Calibration
          opened
          pixelsPerMillimetre={pixelsPerMillimetre}
          onClose={() => setCalibrating(false)}
          onDone={(value) => {
            // Closed only once it is kept: whoever reloads then finds it.
            reported(saveScreenScale(value).finally(() => setCalibrating(false)));
          }}
        />
      )}
    </Group>
  );
}
