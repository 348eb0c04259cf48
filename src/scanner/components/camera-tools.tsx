import { useEffect, useState } from 'preact/hooks';
import type { CameraControls } from '../capture/camera-controls.ts';
import { words } from '../i18n/index.ts';

/** Torch and zoom, where the camera has them. A touch on them is not one on the picture. */
export function CameraTools({ torch, zoom }: CameraControls) {
  const { scan } = words.value;
  const [lit, setLit] = useState(false);
  useEffect(() => setLit(false), [torch]);
  return (
    <div class="tools" onPointerDown={(event) => event.stopPropagation()}>
      {torch && (
        <button type="button" aria-pressed={lit} onClick={() => torch.set(!lit).then(setLit)}>
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
          defaultValue={String(zoom.now)}
          onInput={({ currentTarget }) => zoom.set(currentTarget.valueAsNumber)}
        />
      )}
    </div>
  );
}
