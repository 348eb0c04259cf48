import { useLayoutEffect, useState } from 'preact/hooks';
import type { CameraControls } from '../capture/camera-controls.ts';
import { words } from '../i18n/index.ts';

interface CameraToolsProps extends CameraControls {
  /** What the staff wish of it, for the next time that it is opened. */
  kept: { isLit: boolean; zoom: number | undefined };
  isIdle: boolean;
}

/** Torch and zoom, where the camera has them. A touch on them is not one on the picture. */
export function CameraTools({ torch, zoom, kept, isIdle }: CameraToolsProps) {
  const { scan } = words.value;
  const [isLit, setLit] = useState(false);
  const light = async (on: boolean) => {
    kept.isLit = (await torch?.set(on)) ?? false;
    setLit(kept.isLit);
  };
  // Before anybody can touch them.
  useLayoutEffect(() => {
    if (isIdle) return;
    if (kept.isLit) void light(true);
    if (kept.zoom !== undefined) void zoom?.set(kept.zoom);
  }, [torch, zoom, isIdle]);
  return (
    <div class="tools" onPointerDown={(event) => event.stopPropagation()}>
      {torch && (
        <button type="button" aria-pressed={isLit} onClick={() => light(!isLit)}>
          {scan.torch}
        </button>
      )}
      {zoom && (
        <input
          type="range"
          aria-label={scan.zoom}
          min={zoom.min}
          max={zoom.max}
          step={zoom.step}
          defaultValue={String(kept.zoom ?? zoom.now)}
          onInput={({ currentTarget }) => {
            kept.zoom = currentTarget.valueAsNumber;
            void zoom.set(kept.zoom);
          }}
        />
      )}
    </div>
  );
}
